/**
 * The one thread that observes, decides and applies.
 */
@NullMarked
package dev.failover.monitor;

import org.jspecify.annotations.NullMarked;
