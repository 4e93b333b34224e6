/**
 * Dialect of the stub servers.
 */
@NullMarked
package dev.failover.stub;

import org.jspecify.annotations.NullMarked;
