package dev.failover.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import dev.failover.ErrorClass;

/**
 * What one database product calls things. A bean of this type is preferred to the
 * built-in ones where it {@linkplain #supports supports} the URL.
 * <p>
 * Thread-safe. The reading methods run under the probe's deadline on a connection of the
 * prober's, one at a time.
 */
public interface Dialect extends ErrorClassifier {

	/**
	 * Whether this dialect speaks to servers behind that JDBC URL.
	 */
	boolean supports(String jdbcUrl);

	/**
	 * Read role, identity and position with one cheap query that takes no locks.
	 */
	Reading read(Connection connection) throws SQLException;

	/**
	 * Read the state of replication. May need grants that the role query does not.
	 */
	ReplicationReading readReplication(Connection connection) throws SQLException;

	/**
	 * Driver properties for a probe's connection: time-outs a little longer than the
	 * deadline, so that an abandoned login ends by itself, and nothing that a connection
	 * pooler between driver and server would refuse.
	 */
	Properties probeProperties(String jdbcUrl, Duration deadline);

	/**
	 * Driver properties for pooled connections that bound connecting, where the URL sets
	 * no time-out of its own.
	 */
	Properties connectProperties(String jdbcUrl, Duration connectTimeout);

	/**
	 * Socket time-out that the URL or the driver's properties set for a connection; zero
	 * for none.
	 */
	Duration socketTimeout(String jdbcUrl, Properties properties);

	/**
	 * Transaction isolation of a new session, as in {@link Connection}'s constants.
	 */
	int defaultTransactionIsolation();

	/**
	 * Make a fresh session refuse writes until it ends, as a demoted server does, with an
	 * error of class {@link ErrorClass#READ_ONLY}; without a trace in the driver or in
	 * other sessions. Rehearsed demotions need it; does nothing by default, and where it
	 * would reach other sessions.
	 */
	default void refuseWrites(Connection connection) throws SQLException {
	}

	/**
	 * Let a fresh session do what its first statement would have to wait for, such as
	 * reading the catalogs of the database into its caches; does nothing by default.
	 * Called for sessions that wait for a failover.
	 */
	default void warmUp(Connection connection) throws SQLException {
	}

	/**
	 * What can be told before an outage of what would hurt in it; nothing by default.
	 */
	default Preflight preflight() {
		return Preflight.NONE;
	}

}
