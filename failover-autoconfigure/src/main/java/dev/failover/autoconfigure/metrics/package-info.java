/**
 * Auto-configuration for meters.
 */
@NullMarked
package dev.failover.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
