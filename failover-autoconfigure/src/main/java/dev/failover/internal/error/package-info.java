/**
 * Classification and rendering of exceptions that come from drivers and servers.
 */
@NullMarked
package dev.failover.internal.error;

import org.jspecify.annotations.NullMarked;
