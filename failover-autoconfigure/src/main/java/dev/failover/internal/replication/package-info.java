/**
 * How far a node is behind, and whether it follows the right leader.
 */
@NullMarked
package dev.failover.internal.replication;

import org.jspecify.annotations.NullMarked;
