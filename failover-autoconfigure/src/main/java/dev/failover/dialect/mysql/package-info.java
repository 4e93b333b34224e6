/**
 * Dialect of MySQL, and what all databases that speak its protocol have in common: errors
 * and the settings of both drivers, MySQL Connector/J and MariaDB Connector/J. Either
 * driver reaches the servers of both.
 */
@NullMarked
package dev.failover.dialect.mysql;

import org.jspecify.annotations.NullMarked;
