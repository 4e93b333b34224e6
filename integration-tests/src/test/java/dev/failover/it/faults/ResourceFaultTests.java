package dev.failover.it.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.it.ServerSql;
import org.junit.jupiter.api.Test;

/**
 * Tests of exhausted resources and locks: no node is lost, so the route does not change.
 */
class ResourceFaultTests {

	private static final int MANY_CONNECTIONS = 200;

	@Test
	void theRouteStaysWhenAPoolIsExhausted() throws Exception {
		resource("pool exhausted for longer than detection takes")
			.with("spring.datasource.hikari.connection-timeout=500")
			.fault((context) -> {
				List<Connection> held = new ArrayList<>();
				try {
					context.await("all connections",
							() -> held.add(context.application().dataSource().getConnection()) && held.size() == 10);
					context.outlastDetection();
				}
				finally {
					closeAll(held);
				}
			})
			.then(ScenarioContext::awaitRecovery)
			.run();
	}

	@Test
	void theRouteStaysWhenTheServerHasNoConnectionsLeft() throws Exception {
		resource("`max_connections` reached (53300), all connections closed once")
			.with("spring.datasource.hikari.connection-timeout=1000")
			.fault((context) -> {
				List<Connection> taken = new ArrayList<>();
				try {
					takeAll(context, taken);
					ServerSql.terminateSessions(context.primary(),
							"application_name <> 'taken' and usename = '" + context.pair().username() + "'");
					takeAll(context, taken);
					context.outlastDetection();
				}
				finally {
					closeAll(taken);
				}
			})
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.run();
	}

	private static void takeAll(ScenarioContext context, List<Connection> taken) {
		String url = context.primary().directJdbcUrl() + "?ApplicationName=taken";
		for (int i = 0; i < MANY_CONNECTIONS; i++) {
			try {
				taken.add(DriverManager.getConnection(url, context.pair().username(), context.pair().password()));
			}
			catch (SQLException ex) {
				if ("53300".equals(ex.getSQLState())) {
					return;
				}
			}
		}
	}

	private static void closeAll(List<Connection> connections) throws SQLException {
		for (Connection connection : connections) {
			connection.close();
		}
	}

	@Test
	void theRouteStaysWhenWritesFailOnAFullDisk() throws Exception {
		String fault = "disk full on the primary: its files cannot grow for longer than detection takes";
		if (!Files.isExecutable(Path.of("/usr/bin/prlimit"))) {
			FaultRow.cannotRun(FaultGroup.RESOURCES, fault, "needs prlimit of util-linux").write();
			return;
		}
		resource(fault)
			.prepare((context) -> ServerSql.execute(context.primary(),
					"insert into ledger select -n, -1, n, 0 from generate_series(1, 40000) n", "checkpoint"))
			.fault((context) -> {
				List<Long> processes = writers(context.primary(), context.pair().username());
				ServerProcesses.limitFiles(processes, "2000000");
				try {
					context.outlastDetection();
					context.awaitReadRecovery();
				}
				finally {
					ServerProcesses.limitFiles(processes, "unlimited");
					ServerProcesses.limitFiles(writers(context.primary(), context.pair().username()), "unlimited");
				}
			})
			.then(ScenarioContext::awaitRecovery)
			.run();
	}

	/**
	 * Returns the processes that write for clients, and the postmaster, which starts
	 * them.
	 */
	private static List<Long> writers(EmbeddedNode node, String username) throws SQLException {
		List<Long> processes = new ArrayList<>();
		for (int pid : ServerProcesses.backends(node, username)) {
			processes.add((long) pid);
		}
		processes.add(ServerProcesses.postmaster(node, username));
		return processes;
	}

	@Test
	void theRouteStaysWhenStatementsTimeOut() throws Exception {
		resource("`statement_timeout` of 200 ms and a table locked for longer than detection takes")
			.with("spring.datasource.hikari.connection-init-sql=set statement_timeout = 200")
			.fault(ResourceFaultTests::lockTheLedger)
			.then(ScenarioContext::awaitRecovery)
			.run();
	}

	@Test
	void theRouteStaysWhenLocksTimeOut() throws Exception {
		resource("`lock_timeout` of 200 ms and a table locked for longer than detection takes")
			.with("spring.datasource.hikari.connection-init-sql=set lock_timeout = 200")
			.fault(ResourceFaultTests::lockTheLedger)
			.then(ScenarioContext::awaitRecovery)
			.run();
	}

	@Test
	void theRouteStaysWhileStatementsWaitForALock() throws Exception {
		resource("a table locked for longer than detection takes, no time-out")
			.with("spring.datasource.hikari.connection-timeout=8000")
			.fault(ResourceFaultTests::lockTheLedger)
			.then(ScenarioContext::awaitRecovery)
			.run();
	}

	private static void lockTheLedger(ScenarioContext context) throws SQLException {
		try (Connection admin = context.primary().connect(); Statement statement = admin.createStatement()) {
			admin.setAutoCommit(false);
			statement.execute("lock table ledger in access exclusive mode");
			context.outlastDetection();
			admin.rollback();
		}
	}

	private static Scenario resource(String name) {
		return Scenario.of(FaultGroup.RESOURCES, name).expect(Expectation.noChange());
	}

	@Test
	void theRouteStaysWhenTheApplicationItselfIsSuspended() throws Exception {
		Duration pause = Duration.ofSeconds(4);
		new SuspendedApplication(FaultGroup.RESOURCES,
				"the application's JVM is suspended for 4 s, as in a long garbage collection", pause)
			.run();
	}

}
