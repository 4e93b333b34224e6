package dev.failover.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.Condition;
import dev.failover.Mode;
import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.RefusedFunctions.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of probes of a role and a database with unusual defaults of a session.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SessionDefaultsTests {

	private static final Map<String, String> DEFAULTS = defaults();

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.start();

	private final RefusedFunctions servers = new RefusedFunctions(this.pair);

	private static Map<String, String> defaults() {
		Map<String, String> defaults = new LinkedHashMap<>();
		defaults.put("default_transaction_isolation", "serializable");
		defaults.put("default_transaction_read_only", "on");
		defaults.put("default_transaction_deferrable", "on");
		defaults.put("statement_timeout", "1");
		defaults.put("lock_timeout", "1");
		defaults.put("search_path", "hostile");
		defaults.put("DateStyle", "'SQL, DMY'");
		defaults.put("TimeZone", "'Pacific/Chatham'");
		defaults.put("IntervalStyle", "sql_standard");
		defaults.put("extra_float_digits", "'-15'");
		defaults.put("standard_conforming_strings", "off");
		defaults.put("lc_messages", "'C'");
		defaults.put("lc_numeric", "'C'");
		defaults.put("bytea_output", "escape");
		defaults.put("row_security", "off");
		return defaults;
	}

	@Test
	@Order(1)
	void probesDependOnNoDefaultOfRoleOrDatabase() throws SQLException {
		createHostileNames();
		for (String scope : List.of("role " + this.pair.username(), "database " + this.pair.database())) {
			this.servers.execute(alter(scope));
			try {
				Awaitility.await()
					.ignoreExceptionsMatching(SessionDefaultsTests::isCanceled)
					.untilAsserted(() -> assertHealthy(scope));
			}
			finally {
				this.servers.execute("alter " + scope + " reset all");
			}
		}
	}

	/**
	 * Returns whether the server canceled a statement. On a busy machine the first
	 * statement of a session can take longer than its time-out of 1 ms.
	 */
	private static boolean isCanceled(Throwable failure) {
		return failure instanceof SQLException error && "57014".equals(error.getSQLState());
	}

	private static String[] alter(String scope) {
		return DEFAULTS.entrySet()
			.stream()
			.map((entry) -> "alter " + scope + " set " + entry.getKey() + " = " + entry.getValue())
			.toArray(String[]::new);
	}

	/**
	 * Creates functions and types of a user that have the names of those in probes.
	 */
	private void createHostileNames() throws SQLException {
		this.servers.execute("alter role current_user set statement_timeout = 0",
				"alter role current_user set lock_timeout = 0", "alter role current_user set search_path = public",
				"alter role current_user set default_transaction_isolation = 'read committed'");
		this.servers.execute("create schema hostile", "grant usage on schema hostile to public",
				"create function hostile.pg_is_in_recovery() returns boolean language sql as 'select null::boolean'",
				"create function hostile.current_setting(text) returns text language sql as 'select ''on'''",
				"create function hostile.substr(text, int, int) returns text language sql as 'select ''7'''",
				"create domain hostile.pg_lsn as text", "create table hostile.pg_roles (rolname int)");
	}

	private void assertHealthy(String name) throws SQLException {
		Answer leader = this.servers.read(this.pair.primary());
		Answer follower = this.servers.read(this.pair.mirror());
		assertThat(leader.reading().refusals()).as(name).isEmpty();
		assertThat(follower.reading().refusals()).as(name).isEmpty();
		assertThat(leader.replication().refusals()).as(name).isEmpty();
		assertThat(follower.replication().refusals()).as(name).isEmpty();
		assertThat(leader.reading().role()).as(name).isEqualTo(Role.WRITABLE);
		assertThat(follower.reading().role()).as(name).isEqualTo(Role.READ_ONLY);
		assertThat(leader.reading().history().compare(follower.reading().history()).isSameLine()).as(name).isTrue();
		assertThat(follower.replication().receiving()).as(name).isTrue();
		assertThat(follower.replication().name()).as(name).isEqualTo("mirror");
		assertThat(leader.replication().followers()).as(name).hasSize(1);
	}

	/**
	 * A pooler in transaction mode hands the session to other clients between
	 * transactions.
	 */
	@Test
	@Order(2)
	void aProbeLeavesNoTraceInItsSession() throws SQLException {
		Dialect dialect = new PostgresDialect();
		for (boolean refused : List.of(false, true)) {
			if (refused) {
				this.servers.revoke(RefusedFunctions.ALL);
			}
			for (var node : this.pair.nodes()) {
				try (Connection connection = this.servers.connect(node)) {
					Map<String, String> before = settings(connection);
					dialect.read(connection);
					dialect.readReplication(connection);
					dialect.readFacts(connection);
					dialect.warmUp(connection);
					assertThat(settings(connection)).isEqualTo(before);
				}
			}
		}
		this.servers.grant(RefusedFunctions.ALL);
	}

	private static Map<String, String> settings(Connection connection) throws SQLException {
		Map<String, String> settings = new LinkedHashMap<>();
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("show all")) {
			while (row.next()) {
				settings.put(row.getString(1), row.getString(2));
			}
		}
		settings.remove("in_hot_standby");
		settings.remove("transaction_isolation");
		assertThat(connection.getAutoCommit()).isTrue();
		return settings;
	}

	@Test
	@Order(3)
	void aPairWithAllOfThemIsHealthyAndFailsOver() throws SQLException {
		this.servers.execute(alter("role " + this.pair.username()));
		try (Application application = Application.start(this.pair)) {
			application.awaitReady();
			assertThat(application.conditions()).extracting(Condition::label).isEmpty();
			this.pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			this.pair.mirror().promoteAlone();
			application.awaitMode(Mode.FAILED_OVER);
			assertThat(application.conditions()).extracting(Condition::label).containsExactly("DOWN of node 'primary'");
		}
	}

}
