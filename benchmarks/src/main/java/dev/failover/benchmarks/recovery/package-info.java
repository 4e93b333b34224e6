/**
 * Time to recover: faults on real PostgreSQL pairs under load, felt by the clients of
 * each contender.
 */
@NullMarked
package dev.failover.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
