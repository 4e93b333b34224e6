/**
 * Exceptions by which an application learns the outcome of its work when a node failed.
 */
@NullMarked
package dev.failover.transaction;

import org.jspecify.annotations.NullMarked;
