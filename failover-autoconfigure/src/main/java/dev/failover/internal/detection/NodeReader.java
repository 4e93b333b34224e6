package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import dev.failover.Node;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Reads a node through the connection of a probe.
 */
public interface NodeReader {

	/**
	 * Reads role, history and position.
	 */
	Reading read(Connection connection) throws SQLException;

	/**
	 * Reads the state of replication.
	 */
	ReplicationReading readReplication(Connection connection) throws SQLException;

	/**
	 * Returns a reader that executes the user's own query, if there is one, and then the
	 * queries of a dialect.
	 */
	static NodeReader of(Dialect dialect, @Nullable String query) {
		return new DialectReader(dialect, query);
	}

	/**
	 * Returns a reader that also hears what cluster managers say of the node.
	 */
	default NodeReader with(Witnesses witnesses, Node node) {
		return new WitnessedReader(this, witnesses, node);
	}

	/**
	 * Reader of a node of which cluster managers tell whether it leads.
	 */
	record WitnessedReader(NodeReader reader, Witnesses witnesses, Node node) implements NodeReader {

		@Override
		public Reading read(Connection connection) throws SQLException {
			return this.witnesses.testify(this.node, this.reader.read(connection));
		}

		@Override
		public ReplicationReading readReplication(Connection connection) throws SQLException {
			return this.reader.readReplication(connection);
		}

	}

	/**
	 * Reader that executes the queries of the dialect of each connection's server.
	 * Thread-safe.
	 */
	final class DialectReader implements NodeReader {

		private final Dialect dialect;

		private final @Nullable String query;

		/** Dialects of the servers behind the connections in use. */
		private final Map<Connection, Dialect> dialects = Collections.synchronizedMap(new WeakHashMap<>());

		DialectReader(Dialect dialect, @Nullable String query) {
			this.dialect = dialect;
			this.query = query;
		}

		@Override
		public Reading read(Connection connection) throws SQLException {
			if (this.query != null) {
				try (Statement statement = connection.createStatement()) {
					statement.execute(this.query);
				}
			}
			return dialect(connection).read(connection);
		}

		@Override
		public ReplicationReading readReplication(Connection connection) throws SQLException {
			return dialect(connection).readReplication(connection);
		}

		private Dialect dialect(Connection connection) throws SQLException {
			Dialect known = this.dialects.get(connection);
			if (known == null) {
				known = this.dialect.forServer(connection);
				this.dialects.put(connection, known);
			}
			return known;
		}

	}

}
