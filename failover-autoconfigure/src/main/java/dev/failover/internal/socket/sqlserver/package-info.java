/**
 * Socket factory for the JDBC driver of SQL Server.
 */
@NullMarked
package dev.failover.internal.socket.sqlserver;

import org.jspecify.annotations.NullMarked;
