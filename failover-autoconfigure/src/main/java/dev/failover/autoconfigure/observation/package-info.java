/**
 * Auto-configuration for observations.
 */
@NullMarked
package dev.failover.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
