package dev.failover.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.failover.Node;
import dev.failover.Probe;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of events that resemble the loss of a node and must not move the route.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FalseAlarmTests {

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.start();

	@Test
	void aPoolExhaustedForLongerThanTheDetectionTimeDoesNotMoveTheRoute() throws Exception {
		try (Application application = Application.start(this.pair, "spring.datasource.hikari.maximum-pool-size=2",
				"spring.datasource.hikari.connection-timeout=250")) {
			application.awaitReady();
			// a new connection may take longer than the time-out on a busy machine
			application.await("both connections", () -> application.failover().pool(new Node("primary")).idle() == 2);
			List<Connection> held = new ArrayList<>();
			try {
				held.add(application.dataSource().getConnection());
				held.add(application.dataSource().getConnection());
				Instant over = Instant.now().plus(application.state().detectionBudget().multipliedBy(2));
				int refused = 0;
				while (Instant.now().isBefore(over)) {
					assertThatExceptionOfType(SQLException.class)
						.isThrownBy(() -> application.dataSource().getConnection());
					refused++;
				}
				assertThat(refused).isGreaterThan(5);
			}
			finally {
				for (Connection connection : held) {
					connection.close();
				}
			}
			assertThat(application.state().route().epoch()).isOne();
			assertThat(application.jdbc().queryForObject("select 1", Integer.class)).isOne();
		}
	}

	@Test
	void oneConnectionKilledByAnAdministratorDoesNotMoveTheRoute() throws Exception {
		try (Application application = Application.start(this.pair)) {
			application.awaitReady();
			try (Connection victim = application.dataSource().getConnection();
					Statement statement = victim.createStatement();
					ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
				row.next();
				ServerSql.terminateSessions(this.pair.primary(), "pid = " + row.getInt(1));
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("select 1"))
					.satisfies((error) -> assertThat(error.getSQLState()).isEqualTo("57P01"));
			}
			awaitProbes(application, 3);
			assertThat(application.state().route().epoch()).isOne();
		}
	}

	@Test
	void allConnectionsKilledOnceByAnAdministratorDoNotMoveTheRoute() throws Exception {
		try (Application application = Application.start(this.pair)) {
			application.awaitReady();
			ServerSql.terminateSessions(this.pair.primary(), "usename = '" + this.pair.username() + "'");
			awaitProbes(application, 3);
			application.await("connections",
					() -> Integer.valueOf(1).equals(application.jdbc().queryForObject("select 1", Integer.class)));
			assertThat(application.state().route().epoch()).isOne();
		}
	}

	/**
	 * Waits until the primary has answered that many more probes.
	 */
	private static void awaitProbes(Application application, int count) {
		for (int i = 0; i < count; i++) {
			Probe last = application.node("primary").lastProbe();
			application.await("another probe", () -> !application.node("primary").lastProbe().equals(last));
		}
	}

}
