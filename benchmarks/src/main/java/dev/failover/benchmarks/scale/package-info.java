/**
 * Cost of many applications for the servers, and their common failover.
 */
@NullMarked
package dev.failover.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
