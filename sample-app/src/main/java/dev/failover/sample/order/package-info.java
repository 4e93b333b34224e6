/**
 * Orders: placed, read, listed. Knows nothing of failover.
 */
@NullMarked
package dev.failover.sample.order;

import org.jspecify.annotations.NullMarked;
