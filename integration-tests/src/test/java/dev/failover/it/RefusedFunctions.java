package dev.failover.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Functions that the servers of a pair refuse to everybody but the superuser.
 */
public final class RefusedFunctions {

	/** All functions that tell something about a server and that the dialect calls. */
	public static final List<String> ALL = List.of("pg_is_in_recovery()", "current_setting(text)",
			"pg_show_all_settings()", "pg_control_system()", "pg_postmaster_start_time()", "pg_current_wal_flush_lsn()",
			"pg_walfile_name(pg_lsn)", "pg_control_recovery()", "pg_last_wal_replay_lsn()",
			"pg_stat_get_wal_receiver()", "pg_control_checkpoint()", "pg_stat_get_wal_senders()",
			"pg_stat_get_activity(integer)", "pg_backend_pid()");

	private final EmbeddedPair pair;

	private final boolean swapped;

	private final Dialect dialect = new PostgresDialect();

	public RefusedFunctions(EmbeddedPair pair) {
		this.pair = pair;
		this.swapped = pair.mirror().isWritable();
	}

	/**
	 * Returns the node that accepts writes.
	 */
	EmbeddedNode leader() {
		return this.swapped ? this.pair.mirror() : this.pair.primary();
	}

	/**
	 * Returns the node that follows the leader.
	 */
	EmbeddedNode follower() {
		return this.swapped ? this.pair.primary() : this.pair.mirror();
	}

	void revoke(List<String> functions) throws SQLException {
		change("revoke execute on function ", functions, " from public");
	}

	void grant(List<String> functions) throws SQLException {
		change("grant execute on function ", functions, " to public");
	}

	private void change(String before, List<String> functions, String after) throws SQLException {
		execute(before + String.join(", ", functions) + after);
	}

	/**
	 * Executes statements on the leader and waits until the follower has applied them.
	 */
	void execute(String... statements) throws SQLException {
		String position;
		try (Connection connection = leader().connect(); Statement statement = connection.createStatement()) {
			statement.execute("set default_transaction_read_only = off");
			for (String sql : statements) {
				statement.execute(sql);
			}
			position = first(statement, "select pg_current_wal_flush_lsn()::text");
		}
		try (Connection connection = follower().connect(); Statement statement = connection.createStatement()) {
			statement.execute("set default_transaction_isolation = 'read committed'");
			Awaitility.await("replay of " + position)
				.atMost(Duration.ofSeconds(20))
				.pollInSameThread()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> "t"
					.equals(first(statement, "select pg_last_wal_replay_lsn() >= '" + position + "'::pg_lsn")));
		}
	}

	private static String first(Statement statement, String sql) throws SQLException {
		try (ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	/**
	 * Returns a new session of the application's user on a node.
	 */
	Connection connect(EmbeddedNode node) throws SQLException {
		return DriverManager.getConnection(node.directJdbcUrl(), this.pair.username(), this.pair.password());
	}

	/**
	 * Reads a node as its probe does, in a new session.
	 */
	Answer read(EmbeddedNode node) throws SQLException {
		try (Connection connection = connect(node)) {
			return new Answer(this.dialect.read(connection), this.dialect.readReplication(connection));
		}
	}

	/**
	 * Asserts that both servers tell their role while functions are refused, and that
	 * exactly these are named.
	 */
	public void assertRolesWithout(List<String> refused) throws SQLException {
		revoke(refused);
		try {
			Answer leader = read(leader());
			Answer follower = read(follower());
			assertThat(leader.reading().role()).as("leader without %s", refused).isEqualTo(Role.WRITABLE);
			assertThat(follower.reading().role()).as("follower without %s", refused).isEqualTo(Role.READ_ONLY);
			Set<String> named = named(leader, refused);
			named.addAll(named(follower, refused));
			assertThat(named).as("functions that are named")
				.containsExactlyInAnyOrderElementsOf(
						refused.stream().filter((function) -> !function.equals("pg_show_all_settings()")).toList());
		}
		finally {
			grant(refused);
		}
	}

	/**
	 * Returns the functions whose grant the answer asks for. Each refusal names one.
	 */
	private static Set<String> named(Answer answer, List<String> refused) {
		Set<String> named = new LinkedHashSet<>();
		Stream.concat(answer.reading().refusals().stream(), answer.replication().refusals().stream())
			.forEach((refusal) -> {
				assertThat(refusal.error()).startsWith("42501 ");
				assertThat(refused).as("functions that '%s' may name", refusal.error())
					.anyMatch((function) -> refusal.error().contains(function.substring(0, function.indexOf('('))));
				List<String> found = refused.stream().filter(refusal.consequence()::contains).toList();
				assertThat(found).as("%s without %s", refusal, refused).isNotEmpty();
				named.addAll(found);
			});
		return named;
	}

	/**
	 * Answer of a node to a probe.
	 */
	record Answer(Reading reading, ReplicationReading replication) {

	}

}
