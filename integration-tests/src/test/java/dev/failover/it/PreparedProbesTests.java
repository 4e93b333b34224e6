package dev.failover.it;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of probes whose statements the server prepares.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreparedProbesTests {

	private static final int PROBES = 6;

	/** The names of followers are asked for once, unless they are gone. */
	private static final int MOST = 3;

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.start();

	private final RefusedFunctions servers = new RefusedFunctions(this.pair);

	private final Dialect dialect = new PostgresDialect();

	@Test
	void aServerPreparesTheStatementsOfAKeptConnection() throws SQLException {
		for (EmbeddedNode node : this.pair.nodes()) {
			try (Connection connection = this.servers.connect(node)) {
				assertThat(prepared(connection)).isEmpty();
				probe(connection);
				List<String> statements = prepared(connection);
				assertThat(statements).hasSizeBetween(2, MOST);
				probe(connection);
				assertThat(prepared(connection)).isEqualTo(statements);
			}
		}
	}

	@Test
	void aSessionThatForgetsItsStatementsGoesOnWithoutThem() throws SQLException {
		try (Connection connection = this.servers.connect(this.pair.primary());
				Statement statement = connection.createStatement()) {
			probe(connection);
			statement.execute("discard all");
			probe(connection);
			assertThat(prepared(connection)).isEmpty();
		}
	}

	@Test
	void nothingIsPreparedBehindAPooler() throws SQLException {
		try (Connection one = this.servers.connect(this.pair.primary());
				Connection other = this.servers.connect(this.pair.primary())) {
			probe(pooler(1, one, other));
			assertThat(prepared(one)).isEmpty();
			assertThat(prepared(other)).isEmpty();
		}
	}

	@Test
	void aPoolerThatAnnouncesAProcessOfTheServerFailsNoProbe() throws SQLException {
		try (Connection one = this.servers.connect(this.pair.primary());
				Connection other = this.servers.connect(this.pair.primary())) {
			int announced = one.unwrap(PGConnection.class).getBackendPID();
			for (int client = 0; client < 2; client++) {
				probe(pooler(announced, one, one, other));
			}
			assertThat(prepared(one)).hasSizeLessThanOrEqualTo(MOST);
			assertThat(prepared(other)).hasSizeLessThanOrEqualTo(MOST);
		}
	}

	private void probe(Connection connection) throws SQLException {
		for (int i = 0; i < PROBES; i++) {
			Reading reading = this.dialect.read(connection);
			assertThat(reading.role()).isNotEqualTo(Role.UNKNOWN);
			assertThat(reading.refusals()).isEmpty();
			ReplicationReading replication = this.dialect.readReplication(connection);
			assertThat(replication.refusals()).isEmpty();
			if (reading.role() == Role.WRITABLE) {
				assertThat(replication.followers()).extracting(Follower::name).containsExactly("mirror");
			}
		}
	}

	private static List<String> prepared(Connection connection) throws SQLException {
		List<String> statements = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("select name || ' ' || prepare_time from pg_prepared_statements order by name")) {
			while (rows.next()) {
				statements.add(rows.getString(1));
			}
		}
		return statements;
	}

	/**
	 * Returns the connection of a client to a pooler, which lends it another session for
	 * each transaction.
	 * @param announced process number that the client received at login
	 */
	private static Connection pooler(int announced, Connection... sessions) {
		Queue<Connection> idle = new ArrayDeque<>(List.of(sessions));
		return (Connection) Proxy.newProxyInstance(PreparedProbesTests.class.getClassLoader(),
				new Class<?>[] { Connection.class, Backend.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("getBackendPID")) {
						return announced;
					}
					if (method.getDeclaringClass() == Object.class) {
						return method.getName().equals("equals") ? proxy == arguments[0] : announced;
					}
					Connection session = idle.element();
					if (session.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE) {
						idle.add(idle.remove());
						session = idle.element();
					}
					try {
						return method.invoke(session, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * Method of pgjdbc's connections that JDBC does not have.
	 */
	public interface Backend {

		int getBackendPID();

	}

}
