/**
 * Support for tests of applications with Spring Boot and JUnit Jupiter.
 */
@NullMarked
package dev.failover.embedded.test;

import org.jspecify.annotations.NullMarked;
