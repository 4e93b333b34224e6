/**
 * A small order service that survives the loss of its database.
 */
@NullMarked
package dev.failover.sample;

import org.jspecify.annotations.NullMarked;
