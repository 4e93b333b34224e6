package dev.failover.internal.drill;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;

/**
 * The dialect of one node, whose probes meet a rehearsed fault. Thread-safe.
 */
public final class RehearsedDialect implements Dialect {

	private final Dialect dialect;

	private final Rehearsal rehearsal;

	public RehearsedDialect(Dialect dialect, Rehearsal rehearsal) {
		this.dialect = dialect;
		this.rehearsal = rehearsal;
	}

	@Override
	public boolean supports(String jdbcUrl) {
		return this.dialect.supports(jdbcUrl);
	}

	@Override
	public Reading read(Connection connection) throws SQLException {
		this.rehearsal.meet();
		Reading real = this.dialect.read(connection);
		return new Reading(this.rehearsal.role(real.role()), real.history(), real.position(), real.branchedAt());
	}

	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		return this.dialect.readReplication(connection);
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
	public void refuseWrites(Connection connection) throws SQLException {
		this.dialect.refuseWrites(connection);
	}

	@Override
	public Optional<ErrorClass> classify(SQLException error) {
		return this.dialect.classify(error);
	}

}
