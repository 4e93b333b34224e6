package dev.failover.stub;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import dev.failover.ErrorClass;
import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.test.stub.StubServer;

/**
 * {@link Dialect} of {@link StubServer stub servers}: reads the role with the statement
 * {@value #ROLE} and replication with {@value #REPLICATION}, and warms a session with
 * {@value #WARM_UP}. Classifies errors like PostgreSQL's dialect.
 */
public final class StubDialect implements Dialect {

	public static final String ROLE = "role";

	public static final String REPLICATION = "replication";

	public static final String WARM_UP = "warm up";

	/** Error of the statement {@value #ROLE} that makes a server read-only. */
	public static final String READ_ONLY = "25006";

	private static final Dialect POSTGRES = new PostgresDialect();

	private final JdbcDriverSettings driver;

	public StubDialect() {
		this(new StubDriverSettings());
	}

	/**
	 * Creates a dialect of another driver.
	 */
	public StubDialect(JdbcDriverSettings driver) {
		this.driver = driver;
	}

	@Override
	public boolean supports(String jdbcUrl) {
		return jdbcUrl.startsWith("jdbc:stub:");
	}

	@Override
	public Reading read(Connection connection) throws SQLException {
		return new Reading(role(connection), null, new GenerationHistory("stub", 1L, 100L));
	}

	private static Role role(Connection connection) throws SQLException {
		try {
			execute(connection, ROLE);
			return Role.WRITABLE;
		}
		catch (SQLException ex) {
			if (READ_ONLY.equals(ex.getSQLState())) {
				return Role.READ_ONLY;
			}
			throw ex;
		}
	}

	@Override
	public ReplicationReading readReplication(Connection connection) throws SQLException {
		execute(connection, REPLICATION);
		return new ReplicationReading(true, null, List.of(new Follower(null, true)));
	}

	@Override
	public void warmUp(Connection connection) throws SQLException {
		execute(connection, WARM_UP);
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public JdbcDriverSettings driverSettings() {
		return this.driver;
	}

	@Override
	public int defaultTransactionIsolation() {
		return Connection.TRANSACTION_READ_COMMITTED;
	}

	@Override
	public Optional<ErrorClass> classify(SQLException error) {
		return POSTGRES.classify(error);
	}

	/**
	 * Settings of the stub driver, whose sockets have a time-out.
	 */
	private static final class StubDriverSettings implements JdbcDriverSettings {

		@Override
		public String address(String jdbcUrl) {
			return UNKNOWN.address(jdbcUrl);
		}

		@Override
		public List<InetSocketAddress> servers(String jdbcUrl) {
			return List.of();
		}

		@Override
		public Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
			return new Timeouts(null, null, Duration.ofMillis(StubServer.NETWORK_TIMEOUT), null);
		}

		@Override
		public Properties probeProperties(String jdbcUrl, Duration deadline) {
			return new Properties();
		}

		@Override
		public Properties connectProperties(String jdbcUrl, Duration connectTimeout) {
			return new Properties();
		}

	}

}
