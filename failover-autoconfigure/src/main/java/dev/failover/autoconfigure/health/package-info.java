/**
 * Auto-configuration for the health component {@code db}.
 */
@NullMarked
package dev.failover.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
