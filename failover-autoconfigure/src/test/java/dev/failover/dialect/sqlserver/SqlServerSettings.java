package dev.failover.dialect.sqlserver;

import dev.failover.dialect.Dialect;

/**
 * Gives tests of other packages the dialect of SQL Server.
 */
public final class SqlServerSettings {

	private SqlServerSettings() {
	}

	public static Dialect dialect() {
		return new SqlServerDialect();
	}

}
