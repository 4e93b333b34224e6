/**
 * Auto-configuration for the failover data source.
 */
@NullMarked
package dev.failover.autoconfigure;

import org.jspecify.annotations.NullMarked;
