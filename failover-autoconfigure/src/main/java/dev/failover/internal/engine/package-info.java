/**
 * Builds and runs the engine behind the data source.
 */
@NullMarked
package dev.failover.internal.engine;

import org.jspecify.annotations.NullMarked;
