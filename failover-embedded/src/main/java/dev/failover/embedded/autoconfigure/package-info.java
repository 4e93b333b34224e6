/**
 * Starts the embedded pair in a Spring Boot application that has no database configured.
 */
@NullMarked
package dev.failover.embedded.autoconfigure;

import org.jspecify.annotations.NullMarked;
