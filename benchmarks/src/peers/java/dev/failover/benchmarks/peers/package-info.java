/**
 * The alternatives of a user for the overhead benchmark, each built as its manual says.
 */
@NullMarked
package dev.failover.benchmarks.peers;

import org.jspecify.annotations.NullMarked;

