/**
 * Cost of the starter and time to recover, measured against the alternatives of a user.
 */
@NullMarked
package dev.failover.benchmarks;

import org.jspecify.annotations.NullMarked;
