/**
 * Actuator: endpoint, health, info and meters of failover.
 */
@NullMarked
package dev.failover.actuator;

import org.jspecify.annotations.NullMarked;
