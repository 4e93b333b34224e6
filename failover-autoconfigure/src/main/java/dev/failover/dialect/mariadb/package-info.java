/**
 * Dialect of MariaDB.
 */
@NullMarked
package dev.failover.dialect.mariadb;

import org.jspecify.annotations.NullMarked;
