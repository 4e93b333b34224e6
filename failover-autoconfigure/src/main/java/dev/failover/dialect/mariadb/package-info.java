/**
 * Settings of the JDBC driver of MariaDB, MariaDB Connector/J.
 */
@NullMarked
package dev.failover.dialect.mariadb;

import org.jspecify.annotations.NullMarked;
