/**
 * Results of a trial, computed from the calls of the clients.
 */
@NullMarked
package dev.failover.benchmarks.recovery.result;

import org.jspecify.annotations.NullMarked;
