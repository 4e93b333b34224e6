package dev.failover.test.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;

import org.jspecify.annotations.Nullable;

/**
 * Metadata of a PostgreSQL without tables.
 */
abstract class StubMetaData implements DatabaseMetaData {

	private static final MethodHandle NEW = StubClass.constructor(MethodHandles.lookup(), StubMetaData.class);

	private final StubConnection connection;

	StubMetaData(StubConnection connection) {
		this.connection = connection;
	}

	static StubMetaData of(StubConnection connection) {
		try {
			return (StubMetaData) NEW.invokeExact(connection);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Connection getConnection() {
		return this.connection;
	}

	@Override
	public String getURL() {
		return this.connection.server().url();
	}

	@Override
	public String getUserName() {
		return "stub";
	}

	@Override
	public String getDatabaseProductName() {
		return "PostgreSQL";
	}

	@Override
	public String getDatabaseProductVersion() {
		return "18";
	}

	@Override
	public String getDriverName() {
		return StubDriver.class.getName();
	}

	@Override
	public ResultSet getTables(@Nullable String catalog, @Nullable String schema, @Nullable String table,
			String @Nullable [] types) {
		return empty();
	}

	@Override
	public ResultSet getColumns(@Nullable String catalog, @Nullable String schema, @Nullable String table,
			@Nullable String column) {
		return empty();
	}

	@Override
	public ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, String table) {
		return empty();
	}

	@Override
	public ResultSet getSchemas() {
		return empty();
	}

	private ResultSet empty() {
		return StubResultSet.of(StubStatement.of(this.connection, ""), StubRows.NONE);
	}

}
