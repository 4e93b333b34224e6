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
import org.junit.jupiter.api.Test;

/**
 * Something runs out, and no node is lost: the route never changes.
 */
class ResourceFaultTests {

	private static final int MANY_CONNECTIONS = 200;

	@Test
	void anExhaustedPoolMovesNothing() throws Exception {
		resource("pool exhausted for longer than detection takes")
			.with("spring.datasource.hikari.connection-timeout=500")
			.fault((stage) -> {
				List<Connection> held = new ArrayList<>();
				try {
					stage.await("all connections",
							() -> held.add(stage.application().dataSource().getConnection()) && held.size() == 10);
					stage.remainUndetected();
				}
				finally {
					closeAll(held);
				}
			})
			.then(Stage::awaitWhole)
			.run();
	}

	@Test
	void aServerWithoutRoomForConnectionsMovesNothing() throws Exception {
		resource("`max_connections` reached (53300), all connections closed once")
			.with("spring.datasource.hikari.connection-timeout=1000")
			.fault((stage) -> {
				List<Connection> taken = new ArrayList<>();
				try {
					takeAll(stage, taken);
					Stage.sql(stage.primary(), "select pg_terminate_backend(pid) from pg_stat_activity "
							+ "where application_name <> 'taken' and usename = '" + stage.pair().username() + "'");
					takeAll(stage, taken);
					stage.remainUndetected();
				}
				finally {
					closeAll(taken);
				}
			})
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.run();
	}

	private static void takeAll(Stage stage, List<Connection> taken) {
		String url = stage.primary().directJdbcUrl() + "?ApplicationName=taken";
		for (int i = 0; i < MANY_CONNECTIONS; i++) {
			try {
				taken.add(DriverManager.getConnection(url, stage.pair().username(), stage.pair().password()));
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
	void aFullDiskFailsWritesAndMovesNothing() throws Exception {
		String fault = "disk full on the primary: its files cannot grow for longer than detection takes";
		if (!Files.isExecutable(Path.of("/usr/bin/prlimit"))) {
			FaultRows.write(FaultRow.cannotRun(Group.RESOURCES, fault, "needs prlimit of util-linux"));
			return;
		}
		resource(fault)
			.prepare((stage) -> Stage.sql(stage.primary(),
					"insert into ledger select -n, -1, n, 0 from generate_series(1, 40000) n", "checkpoint"))
			.fault((stage) -> {
				List<Long> processes = writers(stage.primary(), stage.pair().username());
				ServerProcesses.limitFiles(processes, "2000000");
				try {
					stage.remainUndetected();
					stage.awaitReadsWhole();
				}
				finally {
					ServerProcesses.limitFiles(processes, "unlimited");
					ServerProcesses.limitFiles(writers(stage.primary(), stage.pair().username()), "unlimited");
				}
			})
			.then(Stage::awaitWhole)
			.run();
	}

	/**
	 * The processes that write for clients, and the one that starts them.
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
	void statementsThatTimeOutMoveNothing() throws Exception {
		resource("`statement_timeout` of 200 ms and a table locked for longer than detection takes")
			.with("spring.datasource.hikari.connection-init-sql=set statement_timeout = 200")
			.fault(ResourceFaultTests::lockTheLedger)
			.then(Stage::awaitWhole)
			.run();
	}

	@Test
	void locksThatTimeOutMoveNothing() throws Exception {
		resource("`lock_timeout` of 200 ms and a table locked for longer than detection takes")
			.with("spring.datasource.hikari.connection-init-sql=set lock_timeout = 200")
			.fault(ResourceFaultTests::lockTheLedger)
			.then(Stage::awaitWhole)
			.run();
	}

	@Test
	void waitingForALockMovesNothing() throws Exception {
		resource("a table locked for longer than detection takes, no time-out")
			.with("spring.datasource.hikari.connection-timeout=8000")
			.fault(ResourceFaultTests::lockTheLedger)
			.then(Stage::awaitWhole)
			.run();
	}

	private static void lockTheLedger(Stage stage) throws SQLException {
		try (Connection admin = stage.primary().connect(); Statement statement = admin.createStatement()) {
			admin.setAutoCommit(false);
			statement.execute("lock table ledger in access exclusive mode");
			stage.remainUndetected();
			admin.rollback();
		}
	}

	private static Scenario resource(String name) {
		return Scenario.of(Group.RESOURCES, name).expect(Expectation.noChange());
	}

	@Test
	void aPauseOfTheApplicationItselfMovesNothing() throws Exception {
		Duration pause = Duration.ofSeconds(4);
		new PausedApplication(Group.RESOURCES, "the application's own JVM stops for 4 s (as in a long collection)",
				pause)
			.run();
	}

}
