/**
 * Exceptions that tell an application what became of its work when a node failed.
 */
@NullMarked
package dev.failover.transaction;

import org.jspecify.annotations.NullMarked;
