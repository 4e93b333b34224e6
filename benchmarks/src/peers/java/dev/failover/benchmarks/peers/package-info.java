/**
 * What a user could pick instead, each built as its manual says.
 */
@NullMarked
package dev.failover.benchmarks.peers;

import org.jspecify.annotations.NullMarked;

