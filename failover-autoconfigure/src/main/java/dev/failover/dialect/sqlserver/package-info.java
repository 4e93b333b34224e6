/**
 * Dialect of Microsoft SQL Server.
 */
@NullMarked
package dev.failover.dialect.sqlserver;

import org.jspecify.annotations.NullMarked;
