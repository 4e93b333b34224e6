/**
 * Translation of node errors into the exceptions of {@code dev.failover.transaction}.
 */
@NullMarked
package dev.failover.internal.transaction;

import org.jspecify.annotations.NullMarked;
