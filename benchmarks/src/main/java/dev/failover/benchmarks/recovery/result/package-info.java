/**
 * What clients felt of a fault, from their calls: pure.
 */
@NullMarked
package dev.failover.benchmarks.recovery.result;

import org.jspecify.annotations.NullMarked;
