/**
 * What the starter costs and how fast it recovers, measured against what a user would
 * pick instead.
 */
@NullMarked
package dev.failover.benchmarks;

import org.jspecify.annotations.NullMarked;
