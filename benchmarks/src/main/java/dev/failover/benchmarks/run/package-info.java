/**
 * Common to all parts of the benchmarks: size, machine, versions, statistics, results.
 */
@NullMarked
package dev.failover.benchmarks.run;

import org.jspecify.annotations.NullMarked;
