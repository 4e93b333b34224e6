/**
 * Asks nodes for themselves, under one hard deadline, and feeds their breakers.
 */
@NullMarked
package dev.failover.internal.detection;

import org.jspecify.annotations.NullMarked;
