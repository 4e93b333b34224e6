/**
 * The one thread that observes, decides and applies.
 */
@NullMarked
package dev.failover.internal.monitor;

import org.jspecify.annotations.NullMarked;
