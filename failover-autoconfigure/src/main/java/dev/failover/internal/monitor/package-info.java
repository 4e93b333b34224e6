/**
 * Single thread that evaluates probe results, decides the route and applies it.
 */
@NullMarked
package dev.failover.internal.monitor;

import org.jspecify.annotations.NullMarked;
