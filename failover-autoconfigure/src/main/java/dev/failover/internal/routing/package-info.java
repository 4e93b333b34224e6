/**
 * Hands out connections from the pool on the node that the route names.
 */
@NullMarked
package dev.failover.internal.routing;

import org.jspecify.annotations.NullMarked;
