/**
 * The compared ways to reach a pair.
 */
@NullMarked
package dev.failover.benchmarks.recovery.contender;

import org.jspecify.annotations.NullMarked;
