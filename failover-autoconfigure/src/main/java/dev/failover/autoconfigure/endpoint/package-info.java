/**
 * Auto-configuration for the endpoint {@code failover}.
 */
@NullMarked
package dev.failover.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
