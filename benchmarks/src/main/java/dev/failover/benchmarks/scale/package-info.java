/**
 * What many applications at once cost the servers, and how they move.
 */
@NullMarked
package dev.failover.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
