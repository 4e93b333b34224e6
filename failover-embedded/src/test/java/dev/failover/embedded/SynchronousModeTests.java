package dev.failover.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static dev.failover.embedded.TimedAssertions.throughout;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SynchronousMode} with a pair that replicates synchronously.
 */
@Tag("long")
class SynchronousModeTests {

	@AutoClose
	private static SharedPair pair;

	private static NodeClient primary;

	private static NodeClient mirror;

	@BeforeAll
	static void start() throws SQLException {
		pair = new SharedPair(EmbeddedPair.builder().synchronous(true).promoteAfter(Duration.ofMillis(300)).start());
		primary = pair.primary();
		mirror = pair.mirror();
		primary.execute("CREATE TABLE entry (number int)");
	}

	@AfterEach
	void restore() throws SQLException {
		pair.restore();
		awaitSynchronous();
		primary.execute("TRUNCATE entry");
	}

	@Test
	void aNewPairReplicatesSynchronously() throws SQLException {
		assertThat(primary.query("SELECT sync_state FROM pg_stat_replication")).isEqualTo("sync");
		assertThat(primary.query("SHOW synchronous_commit")).isEqualTo("on");
	}

	@Test
	void acknowledgedCommitsSurviveTheLossOfThePrimary() throws Exception {
		AtomicInteger acknowledged = new AtomicInteger();
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(acknowledged));
		eventually(() -> assertThat(acknowledged.get()).isGreaterThan(200));
		primary.node().kill();
		writer.join();
		eventually(() -> assertThat(mirror.node().isWritable()).isTrue());
		int stored = Integer.parseInt(mirror.query("SELECT count(*) FROM entry WHERE number <= " + acknowledged.get()));
		assertThat(stored).isEqualTo(acknowledged.get());
	}

	/**
	 * A kill ends the sender of the log and the session of the supervisor in any order.
	 */
	@RepeatedTest(10)
	void theMirrorIsPromotedInWhateverOrderTheProcessesOfThePrimaryDie() throws SQLException {
		primary.execute("INSERT INTO entry VALUES (1)");
		primary.node().kill();
		eventually(() -> assertThat(mirror.node().isWritable()).isTrue());
	}

	@Test
	void commitsDoNotWaitForAKilledMirror() throws SQLException {
		mirror.node().kill();
		primary.execute("INSERT INTO entry VALUES (1)");
		assertThat(primary.query("SHOW synchronous_standby_names")).isEmpty();
	}

	@Test
	void commitsThatWaitForAFrozenMirrorAreReleased() throws SQLException {
		mirror.node().freeze();
		long began = System.nanoTime();
		primary.execute("INSERT INTO entry VALUES (1)");
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
		mirror.node().thaw();
		awaitSynchronous();
	}

	@Test
	void aMirrorThatMayLackAcknowledgedCommitsIsNotPromoted() throws SQLException {
		mirror.node().kill();
		primary.execute("INSERT INTO entry VALUES (1)");
		primary.node().kill();
		mirror.node().start();
		throughout(Duration.ofSeconds(1), () -> assertThat(mirror.node().isWritable()).isFalse());
		primary.node().start();
		assertThat(primary.node().isWritable()).isTrue();
		awaitSynchronous();
		assertThat(mirror.query("SELECT count(*) FROM entry")).isEqualTo("1");
	}

	@Test
	void commitsOnThePromotedMirrorWaitForTheOldPrimaryOnlyOnceItIsBack() throws SQLException {
		primary.node().kill();
		eventually(() -> assertThat(mirror.node().isWritable()).isTrue());
		mirror.execute("INSERT INTO entry VALUES (1)");
		primary.node().rejoin();
		eventually(() -> assertThat(mirror.query("SELECT sync_state FROM pg_stat_replication")).isEqualTo("sync"));
		mirror.execute("INSERT INTO entry VALUES (2)");
	}

	@Test
	void synchronousModeStaysOnAfterASwitchover() throws SQLException {
		mirror.node().promote();
		mirror.execute("INSERT INTO entry VALUES (1)");
		eventually(() -> assertThat(mirror.query("SELECT sync_state FROM pg_stat_replication")).isEqualTo("sync"));
		assertThat(primary.query("SELECT count(*) FROM entry")).isEqualTo("1");
	}

	private static void awaitSynchronous() {
		eventually(() -> assertThat(primary.query("SELECT sync_state FROM pg_stat_replication")).isEqualTo("sync"));
	}

	private static void write(AtomicInteger acknowledged) {
		try (Connection connection = primary.connect();
				PreparedStatement statement = connection.prepareStatement("INSERT INTO entry VALUES (?)")) {
			while (true) {
				statement.setInt(1, acknowledged.get() + 1);
				statement.executeUpdate();
				acknowledged.incrementAndGet();
			}
		}
		catch (SQLException ex) {
			// the primary was killed
		}
	}

}
