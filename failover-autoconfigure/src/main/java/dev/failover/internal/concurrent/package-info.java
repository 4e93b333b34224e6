/**
 * Threads of the engine.
 */
@NullMarked
package dev.failover.internal.concurrent;

import org.jspecify.annotations.NullMarked;
