package dev.failover.internal.routing;

import java.util.concurrent.Executor;

/**
 * Threads for the work of pools that may block.
 *
 * @param general executes connecting and helping
 * @param aborts executes aborts, which wait for nothing else
 */
public record PoolExecutors(Executor general, Executor aborts) {

}
