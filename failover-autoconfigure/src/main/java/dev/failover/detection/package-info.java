/**
 * Asks nodes for themselves, under one hard deadline, and feeds their breakers.
 */
@NullMarked
package dev.failover.detection;

import org.jspecify.annotations.NullMarked;
