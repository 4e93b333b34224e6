/**
 * What each database calls things: roles, positions, error codes.
 */
@NullMarked
package dev.failover.dialect;

import org.jspecify.annotations.NullMarked;
