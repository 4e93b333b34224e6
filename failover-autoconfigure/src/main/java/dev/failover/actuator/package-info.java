/**
 * What a person sees: health, the endpoint, meters.
 */
@NullMarked
package dev.failover.actuator;

import org.jspecify.annotations.NullMarked;
