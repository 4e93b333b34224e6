/**
 * Measurement of how far followers are behind the leader, and verification that they
 * follow it.
 */
@NullMarked
package dev.failover.internal.replication;

import org.jspecify.annotations.NullMarked;
