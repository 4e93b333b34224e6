/**
 * Settings of the JDBC driver of MySQL, Connector/J.
 */
@NullMarked
package dev.failover.dialect.mysql;

import org.jspecify.annotations.NullMarked;
