/**
 * What the application's transactions are told when a node is lost.
 */
@NullMarked
package dev.failover.transaction;

import org.jspecify.annotations.NullMarked;
