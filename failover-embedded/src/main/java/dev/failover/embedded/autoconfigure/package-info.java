/**
 * Auto-configuration of an embedded pair for a Spring Boot application without a
 * configured database.
 */
@NullMarked
package dev.failover.embedded.autoconfigure;

import org.jspecify.annotations.NullMarked;
