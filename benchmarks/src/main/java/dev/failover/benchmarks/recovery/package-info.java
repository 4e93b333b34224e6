/**
 * Time to recover from faults of the primary, for each contender.
 */
@NullMarked
package dev.failover.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
