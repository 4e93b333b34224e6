/**
 * Checks for problems that would make an outage worse.
 */
@NullMarked
package dev.failover.internal.doctor;

import org.jspecify.annotations.NullMarked;
