/**
 * What a connection and a statement cost through each contender, against the bare pool.
 */
@NullMarked
package dev.failover.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
