/**
 * Support for Spring Boot's test slices.
 */
@NullMarked
package dev.failover.embedded.test;

import org.jspecify.annotations.NullMarked;
