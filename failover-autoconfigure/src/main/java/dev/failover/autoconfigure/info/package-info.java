/**
 * Auto-configuration for the info contributor.
 */
@NullMarked
package dev.failover.autoconfigure.info;

import org.jspecify.annotations.NullMarked;
