/**
 * Cost of a connection and of a statement through each contender, against the pool alone.
 */
@NullMarked
package dev.failover.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
