package dev.failover.dialect.sqlserver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.LogPosition;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.PartialQuery.Answers;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * {@link Dialect} of Microsoft SQL Server 2014 and later, with mssql-jdbc: databases in
 * availability groups and in database mirroring. A database in neither has no history
 * that could be followed.
 * <p>
 * Written after Microsoft's documentation, and not run on a server.
 */
final class SqlServerDialect implements Dialect {

	private final JdbcDriverSettings driverSettings = new SqlServerDriverSettings();

	private final SqlServerReader reader = new SqlServerReader();

	@Override
	public boolean supports(String jdbcUrl) {
		return jdbcUrl.startsWith(SqlServerUrl.PREFIX);
	}

	@Override
	public List<String> productNames() {
		return List.of("Microsoft SQL Server");
	}

	@Override
	public JdbcDriverSettings driverSettings() {
		return this.driverSettings;
	}

	@Override
	public Reading read(Connection connection) throws SQLException {
		return this.reader.read(connection);
	}

	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		return this.reader.readReplication(connection);
	}

	@Override
	public @Nullable LogPosition committed(Connection connection) throws SQLException {
		String position = SqlServerQueries.COMMITTED.read(connection).get(SqlServerQueries.LOG);
		return (position != null) ? new LogPosition(position) : null;
	}

	@Override
	public ServerFacts readFacts(Connection connection) throws SQLException {
		Answers answers = SqlServerQueries.FACTS.read(connection);
		Long limit = answers.number(SqlServerQueries.CONNECTIONS);
		return new ServerFacts(
				"0".equals(answers.get(SqlServerQueries.STATE_GRANT)) ? List.of("VIEW SERVER STATE") : List.of(),
				(limit != null) ? limit.intValue() : null);
	}

	@Override
	public int defaultTransactionIsolation() {
		return Connection.TRANSACTION_READ_COMMITTED;
	}

	@Override
	public Optional<ErrorClass> classify(SQLException error) {
		return Optional.ofNullable(SqlServerErrors.classify(error));
	}

	@Override
	public String synchronousRemedy() {
		return "If no commit may be lost, set AVAILABILITY_MODE = SYNCHRONOUS_COMMIT for the replicas of primary and "
				+ "mirror, and REQUIRED_SYNCHRONIZED_SECONDARIES_TO_COMMIT = 1 for the availability group.";
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Logins are not part of a database: each replica has its own, and the database knows
	 * them by their SID.
	 */
	@Override
	public String loginRemedy() {
		return "If they are correct, check that each replica has this login, with the same SID, and that the login has "
				+ "a user in the database.";
	}

}
