/**
 * Dialect of PostgreSQL and settings of its JDBC driver.
 */
@NullMarked
package dev.failover.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
