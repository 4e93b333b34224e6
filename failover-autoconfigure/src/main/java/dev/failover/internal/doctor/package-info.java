/**
 * Checks that find, before an outage, what would make it worse.
 */
@NullMarked
package dev.failover.internal.doctor;

import org.jspecify.annotations.NullMarked;
