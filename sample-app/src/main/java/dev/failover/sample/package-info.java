/**
 * An order service that keeps working when its primary database is lost.
 */
@NullMarked
package dev.failover.sample;

import org.jspecify.annotations.NullMarked;
