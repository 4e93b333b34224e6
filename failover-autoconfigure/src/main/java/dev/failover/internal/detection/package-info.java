/**
 * Probes nodes under one hard deadline and feeds their circuit breakers.
 */
@NullMarked
package dev.failover.internal.detection;

import org.jspecify.annotations.NullMarked;
