package dev.failover.embedded;

import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the {@link FailoverManager} of a pair with several mirrors.
 */
@Tag("long")
class SeveralMirrorsFailoverTests {

	@AutoClose
	private static final SharedPair shared = new SharedPair(
			EmbeddedPair.builder().mirrors(2).promoteAfter(Duration.ofSeconds(1)).start());

	private static final FailoverManager manager = shared.pair().manager().orElseThrow();

	private static final NodeClient primary = shared.client("primary");

	private static final NodeClient mirror1 = shared.client("mirror1");

	private static final NodeClient mirror2 = shared.client("mirror2");

	@AfterEach
	void restore() {
		manager.resume();
		shared.restore();
		assertThat(manager.leader()).isSameAs(primary.node());
	}

	@Test
	void theMostAdvancedMirrorIsPromotedAndTheOthersFollowIt() throws SQLException {
		manager.pause();
		mirror1.node().kill();
		primary.execute("CREATE TABLE IF NOT EXISTS entry AS SELECT 1 AS number");
		eventually(() -> assertThat(mirror2.query("SELECT count(*) FROM entry")).isEqualTo("1"));
		primary.node().kill();
		mirror1.node().start();
		manager.resume();
		eventually(() -> assertThat(manager.leader()).isSameAs(mirror2.node()));
		assertStandbys(mirror2, "mirror1");
		eventually(() -> assertThat(mirror1.query("SELECT count(*) FROM entry")).isEqualTo("1"));
		primary.node().start();
		assertStandbys(mirror2, "mirror1,primary");
	}

	@Test
	void aMirrorThatWasFrozenDuringTheFailoverFollowsTheNewLeaderWhenItThaws() {
		mirror2.node().freeze();
		primary.node().kill();
		eventually(() -> assertThat(manager.leader()).isSameAs(mirror1.node()));
		mirror2.node().thaw();
		assertStandbys(mirror1, "mirror2");
	}

	@Test
	void afterASwitchoverAllNodesFollowTheNewLeader() {
		mirror2.node().promote();
		assertStandbys(mirror2, "mirror1,primary");
		assertThat(manager.leader()).isSameAs(mirror2.node());
	}

	@Test
	void aCascadingMirrorStaysBelowItsMirror() {
		mirror2.node().follow(mirror1.node());
		mirror2.node().kill();
		mirror2.node().start();
		assertStandbys(mirror1, "mirror2");
		primary.node().kill();
		eventually(() -> assertThat(manager.leader()).isSameAs(mirror1.node()));
		assertStandbys(mirror1, "mirror2");
	}

	@Test
	void commitsWaitForAnotherMirrorAfterTheLossOfTheSynchronousOne() throws SQLException {
		try (EmbeddedPair pair = EmbeddedPair.builder()
			.mirrors(2)
			.synchronous(true)
			.promoteAfter(Duration.ofSeconds(1))
			.start()) {
			NodeClient leader = new NodeClient(pair, pair.primary());
			assertThat(synchronousStandbys(leader)).isEqualTo("mirror1");
			pair.node("mirror1").kill();
			eventually(() -> assertThat(synchronousStandbys(leader)).isEqualTo("mirror2"));
			pair.node("mirror1").start();
			assertStandbys(leader, "mirror1,mirror2");
			assertThat(synchronousStandbys(leader)).isEqualTo("mirror2");
			leader.execute("CREATE TABLE acknowledged ()");
			leader.node().kill();
			NodeClient successor = new NodeClient(pair, pair.node("mirror2"));
			eventually(() -> assertThat(synchronousStandbys(successor)).isEqualTo("mirror1"));
			assertThat(successor.query("SELECT count(*) FROM acknowledged")).isEqualTo("0");
		}
	}

	private static void assertStandbys(NodeClient node, String names) {
		eventually(() -> assertThat(node
			.query("SELECT string_agg(application_name, ',' ORDER BY application_name) FROM pg_stat_replication"))
			.isEqualTo(names));
	}

	private static String synchronousStandbys(NodeClient node) throws SQLException {
		return node.query("SELECT string_agg(application_name, ',') FROM pg_stat_replication "
				+ "WHERE sync_state = 'sync' AND state = 'streaming'");
	}

}
