/**
 * Wires the endpoint.
 */
@NullMarked
package dev.failover.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
