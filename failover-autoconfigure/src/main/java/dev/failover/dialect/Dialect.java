package dev.failover.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import dev.failover.History;
import dev.failover.LogPosition;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Strategy interface for one database product: reads role, history, position and
 * replication from its servers, and classifies its errors. A bean of this type takes
 * precedence over the built-in dialects for the URLs that it {@linkplain #supports
 * supports}.
 * <p>
 * Implementations must be thread-safe. The reading methods run under the probe's deadline
 * on a connection of the prober, one at a time.
 */
public interface Dialect extends ErrorClassifier {

	/**
	 * Returns whether this dialect applies to the servers behind a JDBC URL.
	 */
	boolean supports(String jdbcUrl);

	/**
	 * Returns a dialect for a database that has none: it knows what JDBC defines. A
	 * server that answers accepts writes unless its driver or the query says otherwise.
	 * It {@linkplain #tellsHistory() tells no history}.
	 * @param urlPrefix beginning of the JDBC URLs of the database
	 * @param roleQuery query that returns {@code WRITABLE}, {@code READ_ONLY} or
	 * {@code UNUSABLE}, or null to ask the driver
	 */
	static Dialect generic(String urlPrefix, @Nullable String roleQuery) {
		return new GenericDialect(urlPrefix, roleQuery);
	}

	/**
	 * Returns the dialect of the server behind a connection: another one if the server
	 * says that it is another product than the URL suggests. Called once for each
	 * connection of the prober, which is then read with that dialect. Returns this one by
	 * default.
	 * @param connection a fresh connection, whose metadata often tells the product
	 */
	default Dialect forServer(Connection connection) throws SQLException {
		return this;
	}

	/**
	 * Returns whether histories can be read from the servers, so that replication can be
	 * verified. If not, writes go to any node that accepts them when the leader is lost.
	 * True by default.
	 */
	default boolean tellsHistory() {
		return true;
	}

	/**
	 * Returns the names by which Spring's error codes know the database product, such as
	 * that of {@link java.sql.DatabaseMetaData#getDatabaseProductName()}. There are none
	 * by default: libraries that translate by error codes do not tell of lost nodes then.
	 */
	default List<String> productNames() {
		return List.of();
	}

	/**
	 * Returns the settings of the JDBC driver; those of an unknown driver by default.
	 */
	default JdbcDriverSettings driverSettings() {
		return JdbcDriverSettings.UNKNOWN;
	}

	/**
	 * Reads role, instance and history with one cheap query that takes no locks and
	 * depends on no default of the role, the database or the session. A part that the
	 * server refuses is left out and named among the refusals; {@link PartialQuery} does
	 * that.
	 * @throws SQLException if the server tells nothing, or the connection is lost
	 */
	Reading read(Connection connection) throws SQLException;

	/**
	 * Reads the state of replication. It may need grants that {@link #read} does not;
	 * what the server refuses is left out.
	 */
	ReplicationReading readReplication(Connection connection) throws SQLException;

	/**
	 * Reads grants and connection limit of the server, with cheap queries that take no
	 * locks. Returns {@link ServerFacts#NOTHING} by default.
	 */
	default ServerFacts readFacts(Connection connection) throws SQLException {
		return ServerFacts.NOTHING;
	}

	/**
	 * Returns the unit in which histories lack data, for texts and meters; {@code bytes}
	 * by default.
	 */
	default String positionUnit() {
		return "bytes";
	}

	/**
	 * Returns the position that covers everything committed on a server that accepts
	 * writes, also what is not on its disk yet; null if the server does not tell it, or
	 * refuses writes. By default that of its history, for databases whose commits wait
	 * for the disk.
	 * @param connection a connection of the application, outside of a transaction
	 */
	default @Nullable LogPosition committed(Connection connection) throws SQLException {
		Reading reading = read(connection);
		History history = reading.history();
		return (reading.role() == Role.WRITABLE && history != null) ? history.position() : null;
	}

	/**
	 * Returns the transaction isolation of a new session, as in the constants of
	 * {@link Connection}.
	 */
	int defaultTransactionIsolation();

	/**
	 * Makes a fresh session refuse writes until it ends, as a demoted server does, with
	 * an error of class {@code READ_ONLY}. It must leave no trace in the driver or in
	 * other sessions. Drills of a demotion use it. Does nothing by default.
	 */
	default void refuseWrites(Connection connection) throws SQLException {
	}

	/**
	 * Prepares a fresh session on a node that no work goes to, so that its first
	 * statement after a failover is fast: for example, reads the database's catalogs into
	 * the caches of the session. Does nothing by default.
	 */
	default void warmUp(Connection connection) throws SQLException {
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Returns true for SQLSTATE 08003, "connection does not exist" in ISO/IEC 9075-2:
	 * pgjdbc ({@code PgConnection.checkClosed}) and Connector/J raise it before they use
	 * a closed connection.
	 */
	@Override
	default boolean nothingWasSent(SQLException error) {
		return "08003".equals(error.getSQLState());
	}

	/**
	 * Returns an instruction for making commits wait for a follower, as one sentence.
	 */
	default String synchronousRemedy() {
		return "To lose no commit, configure the database to wait for its follower before it acknowledges a commit.";
	}

	/**
	 * Returns an instruction for a server that refuses a login with correct credentials,
	 * as one sentence.
	 */
	default String loginRemedy() {
		return "If they are correct, check on the server that it admits this user to this database from this host.";
	}

	/**
	 * Facts about a server that the login of the application can read.
	 *
	 * @param missingGrants grants that the login lacks, without which replication cannot
	 * be read in full
	 * @param connectionLimit number of connections that the server admits for the login,
	 * or null if it is not known
	 */
	record ServerFacts(List<String> missingGrants, @Nullable Integer connectionLimit) {

		/**
		 * Facts about a server of which nothing is known.
		 */
		public static final ServerFacts NOTHING = new ServerFacts(List.of(), null);

		public ServerFacts {
			missingGrants = List.copyOf(missingGrants);
		}

	}

}
