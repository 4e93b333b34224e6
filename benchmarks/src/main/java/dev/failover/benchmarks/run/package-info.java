/**
 * What every part of the benchmarks needs: size, machine, versions, samples, raw results.
 */
@NullMarked
package dev.failover.benchmarks.run;

import org.jspecify.annotations.NullMarked;
