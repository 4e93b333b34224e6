/**
 * Cost of the starter at the start of an application, and in memory.
 */
@NullMarked
package dev.failover.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
