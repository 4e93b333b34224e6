package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the faults of the server of an {@link EmbeddedNode}.
 */
@Tag("long")
class NodeFaultTests {

	@AutoClose
	private static SharedPair pair;

	private static NodeClient primary;

	private static EmbeddedNode node;

	@BeforeAll
	static void start() throws SQLException {
		pair = new SharedPair(EmbeddedPair.start());
		primary = pair.primary();
		node = primary.node();
		primary.execute("CREATE TABLE written (id serial PRIMARY KEY)");
	}

	@AfterEach
	void restore() {
		pair.restore();
	}

	@Test
	void aKilledServerEndsAtOnceAndKeepsCommittedChanges() throws SQLException {
		String id = primary.query("INSERT INTO written DEFAULT VALUES RETURNING id");
		try (Connection open = primary.connect()) {
			node.kill();
			assertThat(node.isRunning()).isFalse();
			assertThat(node.isWritable()).isFalse();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> NodeClient.query(open, "SELECT 1"));
		}
		assertThatExceptionOfType(SQLException.class).isThrownBy(primary::connect)
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08001"))
			.withMessageContaining("refused");
		node.start();
		assertThat(primary.query("SELECT count(*) FROM written WHERE id = " + id)).isEqualTo("1");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aKilledServerLeavesNoSharedMemory() throws SQLException, IOException {
		String lock = PidFile.read(primary.dataDirectory()).map(PidFile::segment).orElseThrow();
		String segment = lock.split("\\s+")[1];
		assertThat(segments()).contains(segment);
		node.kill();
		assertThat(segments()).doesNotContain(segment);
	}

	private static List<String> segments() throws IOException {
		return Files.readAllLines(Path.of("/proc/sysvipc/shm"))
			.stream()
			.map((line) -> line.strip().split("\\s+")[1])
			.toList();
	}

	@Test
	void aNodeThatIsNotRunningRefusesFurtherFaults() {
		node.kill();
		assertThatIllegalStateException().isThrownBy(node::kill).withMessage("Node 'primary' is not running");
		assertThatIllegalStateException().isThrownBy(node::freeze);
		assertThatIllegalStateException().isThrownBy(() -> node.stop(StopMode.FAST));
	}

	@Test
	void aFastStopDisconnectsClients() throws SQLException {
		try (Connection open = primary.connect()) {
			node.stop(StopMode.FAST);
			assertThat(node.isRunning()).isFalse();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> NodeClient.query(open, "SELECT 1"))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("57P01"));
		}
	}

	@Test
	void anImmediateStopEndsTheServerLikeACrash() throws SQLException {
		try (Connection open = primary.connect()) {
			node.stop(StopMode.IMMEDIATE);
			assertThat(node.isRunning()).isFalse();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> NodeClient.query(open, "SELECT 1"));
		}
	}

	@Test
	void aSmartStopReturnsBeforeTheLastClientHasDisconnected() throws SQLException {
		try (Connection open = primary.connect()) {
			node.stop(StopMode.SMART);
			assertThatExceptionOfType(SQLException.class).isThrownBy(primary::connect);
			assertThat(NodeClient.query(open, "SELECT 1")).isEqualTo("1");
			assertThat(node.isRunning()).isTrue();
		}
		eventually(() -> assertThat(node.isRunning()).isFalse());
	}

	@Test
	void aRestartedServerKeepsItsPortsAndItsRole() throws SQLException {
		int port = node.port();
		int directPort = node.directPort();
		node.restart();
		assertThat(node.port()).isEqualTo(port);
		assertThat(node.directPort()).isEqualTo(directPort);
		assertThat(node.isWritable()).isTrue();
		primary.execute("INSERT INTO written DEFAULT VALUES");
	}

	@Test
	void aFrozenServerAcceptsConnectionsButDoesNotAnswerUntilItThaws() throws Exception {
		try (Connection open = primary.connect()) {
			node.freeze();
			assertThat(node.isFrozen()).isTrue();
			assertThat(node.isRunning()).isTrue();
			assertThat(node.isWritable()).isFalse();
			CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
				try {
					return NodeClient.query(open, "SELECT 1");
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			});
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> primary.connect(1));
			assertThat(answer).isNotDone();
			node.thaw();
			assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("1");
		}
		assertThat(node.isFrozen()).isFalse();
		assertThat(primary.query("SELECT 1")).isEqualTo("1");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aFreezeStopsTheBackendsThatAreBeingStarted() throws SQLException {
		long postmaster = PidFile.read(primary.dataDirectory()).map(PidFile::pid).orElseThrow();
		try (ConnectingClients clients = new ConnectingClients(primary)) {
			for (int i = 0; i < 30; i++) {
				clients.reconnect();
				node.freeze();
				eventually(() -> {
					assertThat(Processes.state(postmaster)).contains('T');
					assertThat(childStates(postmaster)).isNotEmpty().isSubsetOf('T', 'Z');
				});
				node.thaw();
			}
		}
	}

	private static List<Character> childStates(long postmaster) {
		return ProcessHandle.of(postmaster)
			.stream()
			.flatMap(ProcessHandle::children)
			.flatMap((child) -> Processes.state(child.pid()).stream())
			.toList();
	}

	@Test
	void aFrozenServerCanBeKilledAndStopped() {
		node.freeze();
		node.kill();
		assertThat(node.isRunning()).isFalse();
		node.start();
		node.freeze();
		node.stop(StopMode.FAST);
		assertThat(node.isRunning()).isFalse();
		assertThat(node.isFrozen()).isFalse();
	}

	@Test
	void aKilledBackendMakesTheServerRecoverByItself() throws SQLException {
		try (Connection bystander = primary.connect(); Connection victim = primary.connect()) {
			node.killBackend(Integer.parseInt(NodeClient.query(victim, "SELECT pg_backend_pid()")));
			eventually(() -> assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> NodeClient.query(bystander, "SELECT 1")));
		}
		assertThat(node.isRunning()).isTrue();
		eventually(() -> assertThat(primary.query("SELECT 1")).isEqualTo("1"));
	}

	@Test
	void killBackendRefusesProcessesThatAreNoBackends() {
		assertThatIllegalArgumentException().isThrownBy(() -> node.killBackend((int) ProcessHandle.current().pid()));
		assertThatIllegalArgumentException().isThrownBy(() -> node.killBackend(1));
		assertThatIllegalArgumentException().isThrownBy(() -> node.killBackend(0));
		assertThatIllegalArgumentException().isThrownBy(() -> node.killBackend(-1));
	}

	@Test
	void startingARunningServerDoesNothing() throws SQLException {
		try (Connection open = primary.connect(); Statement statement = open.createStatement()) {
			node.start();
			statement.execute("SELECT 1");
		}
	}

}
