/**
 * Values, events and operations of failover; {@link dev.failover.Failover} is the entry
 * point. Depends on the JDK and the annotations of JSpecify only.
 */
@NullMarked
package dev.failover;

import org.jspecify.annotations.NullMarked;
