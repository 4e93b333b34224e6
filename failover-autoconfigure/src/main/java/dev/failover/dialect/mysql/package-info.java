/**
 * Settings of the JDBC drivers that speak the protocol of MySQL: MySQL Connector/J and
 * MariaDB Connector/J. Either reaches the servers of both.
 */
@NullMarked
package dev.failover.dialect.mysql;

import org.jspecify.annotations.NullMarked;
