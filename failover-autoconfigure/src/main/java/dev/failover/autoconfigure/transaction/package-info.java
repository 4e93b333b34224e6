/**
 * Auto-configuration for the exceptions of transactions whose node was lost.
 */
@NullMarked
package dev.failover.autoconfigure.transaction;

import org.jspecify.annotations.NullMarked;
