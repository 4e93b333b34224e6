package dev.failover.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for a pair with several mirrors, without a failover manager.
 */
class SeveralMirrorsTests {

	@AutoClose
	private static final SharedPair shared = new SharedPair(EmbeddedPair.builder().mirrors(2).start());

	private static final EmbeddedPair pair = shared.pair();

	private static final NodeClient primary = shared.client("primary");

	private static final NodeClient mirror1 = shared.client("mirror1");

	private static final NodeClient mirror2 = shared.client("mirror2");

	@BeforeEach
	void createTable() throws SQLException {
		primary.execute("DROP TABLE IF EXISTS entry");
		primary.execute("CREATE TABLE entry (name text)");
		insert(primary, "before");
		assertEntries(mirror1, "before");
		assertEntries(mirror2, "before");
	}

	@AfterEach
	void restore() {
		shared.restore();
	}

	@Test
	void theMirrorsAreNumberedAndStreamUnderTheirNames() throws SQLException {
		assertThat(standbys(primary)).isEqualTo("mirror1,mirror2");
		assertThat(mirror2.query("SHOW cluster_name")).isEqualTo("mirror2");
		assertThat(pair.nodes()).extracting(EmbeddedNode::name).containsExactly("primary", "mirror1", "mirror2");
		assertThat(pair.mirrors()).containsExactly(pair.node("mirror1"), pair.node("mirror2"));
		assertThat(pair.mirror()).isSameAs(pair.node("mirror1"));
		assertThatIllegalArgumentException().isThrownBy(() -> pair.node("mirror"))
			.withMessage("There is no node 'mirror', only [primary, mirror1, mirror2]");
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedPair.builder().mirrors(0).start())
			.withMessage("A pair has at least one mirror, not 0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedPair.builder().mirrors(2).environment("mirror", Map.of()).start())
			.withMessageContaining("[primary, mirror1, mirror2]");
	}

	@Test
	void oneMirrorIsLostAndTheOtherIsNotAffected() throws SQLException {
		mirror2.node().kill();
		mirror1.node().link().cut();
		assertThat(mirror1.node().isRunning()).isTrue();
		mirror1.node().link().heal();
		insert(primary, "missed");
		assertEntries(mirror1, "before,missed");
		mirror2.node().start();
		assertEntries(mirror2, "before,missed");
	}

	@Test
	void theOtherMirrorStaysWithTheOldLeaderUntilItRejoins() throws SQLException {
		primary.node().kill();
		mirror1.node().promote();
		insert(mirror1, "after");
		assertThat(mirror2.node().isWritable()).isFalse();
		assertThat(standbys(mirror1)).isNull();
		assertEntries(mirror2, "before");
		try (Connection open = mirror2.connect()) {
			mirror2.node().rejoin();
			assertThat(NodeClient.query(open, "SELECT count(*) FROM entry")).isEqualTo("2");
		}
		assertThat(standbys(mirror1)).isEqualTo("mirror2");
		primary.node().rejoin();
		assertThat(standbys(mirror1)).isEqualTo("mirror2,primary");
	}

	@Test
	void afterASwitchoverTheOtherMirrorIsBelowTheOldPrimary() throws SQLException {
		mirror1.node().promote();
		insert(mirror1, "after");
		assertThat(standbys(mirror1)).isEqualTo("primary");
		assertEntries(mirror2, "after,before");
		assertThat(standbys(primary)).isEqualTo("mirror2");
	}

	@Test
	void aMirrorOfAMirrorReceivesThePrimarysChangesInACascade() throws SQLException {
		try (Connection open = mirror2.connect()) {
			mirror2.node().follow(mirror1.node());
			assertThat(NodeClient.query(open, "SELECT count(*) FROM entry")).isEqualTo("1");
		}
		insert(primary, "cascaded");
		assertEntries(mirror2, "before,cascaded");
		assertThat(standbys(primary)).isEqualTo("mirror1");
		assertThat(standbys(mirror1)).isEqualTo("mirror2");
		mirror2.node().restart();
		eventually(() -> assertThat(standbys(mirror1)).isEqualTo("mirror2"));
		mirror2.node().rejoin();
		assertThat(standbys(primary)).isEqualTo("mirror1,mirror2");
	}

	@Test
	void aMirrorFollowsAPrimaryThatIsNotTheLeader() throws SQLException {
		mirror1.node().promoteAlone();
		mirror2.node().follow(mirror1.node());
		insert(primary, "first");
		insert(mirror1, "second");
		assertEntries(mirror2, "before,second");
		mirror2.node().follow(primary.node());
		assertEntries(mirror2, "before,first");
		assertThat(primary.node().isWritable()).isTrue();
		assertThat(mirror1.node().isWritable()).isTrue();
	}

	@Test
	void aDivergedNodeBecomesAMirrorOfAMirrorWithACopyOfItsData() throws SQLException {
		mirror2.node().promoteAlone();
		insert(mirror2, "lost");
		insert(primary, "kept");
		mirror2.node().follow(mirror1.node());
		assertEntries(mirror2, "before,kept");
		assertThat(standbys(mirror1)).isEqualTo("mirror2");
	}

	@Test
	void aNodeDoesNotFollowItselfADeadNodeOrItsOwnFollower() {
		assertThatIllegalArgumentException().isThrownBy(() -> mirror1.node().follow(mirror1.node()));
		assertThatIllegalStateException().isThrownBy(() -> primary.node().follow(mirror1.node()))
			.withMessageContaining("which follows 'primary' itself");
		mirror2.node().follow(mirror1.node());
		assertThatIllegalStateException().isThrownBy(() -> mirror1.node().follow(mirror2.node()));
		mirror1.node().kill();
		assertThatIllegalStateException().isThrownBy(() -> mirror2.node().follow(mirror1.node()))
			.withMessage("Node 'mirror2' cannot follow 'mirror1', which does not answer. Start or thaw it first");
	}

	private static void insert(NodeClient node, String name) throws SQLException {
		node.execute("INSERT INTO entry VALUES ('" + name + "')");
	}

	private static void assertEntries(NodeClient node, String names) {
		eventually(
				() -> assertThat(node.query("SELECT string_agg(name, ',' ORDER BY name) FROM entry")).isEqualTo(names));
	}

	private static String standbys(NodeClient node) throws SQLException {
		return node
			.query("SELECT string_agg(application_name, ',' ORDER BY application_name) FROM pg_stat_replication");
	}

}
