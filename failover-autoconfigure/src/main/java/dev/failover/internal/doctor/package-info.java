/**
 * What would hurt on the day of the outage, found before it.
 */
@NullMarked
package dev.failover.internal.doctor;

import org.jspecify.annotations.NullMarked;
