/**
 * Wires what the application's transactions are told.
 */
@NullMarked
package dev.failover.autoconfigure.transaction;

import org.jspecify.annotations.NullMarked;
