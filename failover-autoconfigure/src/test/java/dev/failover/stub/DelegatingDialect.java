package dev.failover.stub;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;

/**
 * {@link Dialect} that runs an action, which may throw, before it asks another one.
 *
 * @param dialect the other one
 * @param before the action
 */
public record DelegatingDialect(Dialect dialect, Runnable before) implements Dialect {

	@Override
	public boolean supports(String jdbcUrl) {
		return this.dialect.supports(jdbcUrl);
	}

	@Override
	public Reading read(Connection connection) throws SQLException {
		this.before.run();
		return this.dialect.read(connection);
	}

	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		this.before.run();
		return this.dialect.readReplication(connection);
	}

	@Override
	public void warmUp(Connection connection) throws SQLException {
		this.before.run();
		this.dialect.warmUp(connection);
	}

	@Override
	public void refuseWrites(Connection connection) throws SQLException {
		this.before.run();
		this.dialect.refuseWrites(connection);
	}

	@Override
	public JdbcDriverSettings driverSettings() {
		return this.dialect.driverSettings();
	}

	@Override
	public int defaultTransactionIsolation() {
		return this.dialect.defaultTransactionIsolation();
	}

	@Override
	public Optional<ErrorClass> classify(SQLException error) {
		this.before.run();
		return this.dialect.classify(error);
	}

	@Override
	public boolean nothingWasSent(SQLException error) {
		this.before.run();
		return this.dialect.nothingWasSent(error);
	}

}
