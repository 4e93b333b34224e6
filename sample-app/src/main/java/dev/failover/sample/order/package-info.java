/**
 * The order API: places, finds and lists orders. Contains no code for failover.
 */
@NullMarked
package dev.failover.sample.order;

import org.jspecify.annotations.NullMarked;
