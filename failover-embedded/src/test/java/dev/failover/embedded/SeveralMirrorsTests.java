package dev.failover.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for a pair with several mirrors, without a failover manager.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralMirrorsTests {

	@AutoClose
	private final SharedPair shared = new SharedPair(EmbeddedPair.builder().mirrors(2).start());

	private final EmbeddedPair pair = this.shared.pair();

	private final NodeClient primary = this.shared.client("primary");

	private final NodeClient mirror1 = this.shared.client("mirror1");

	private final NodeClient mirror2 = this.shared.client("mirror2");

	@BeforeEach
	void createTable() throws SQLException {
		this.primary.execute("DROP TABLE IF EXISTS entry");
		this.primary.execute("CREATE TABLE entry (name text)");
		insert(this.primary, "before");
		assertEntries(this.mirror1, "before");
		assertEntries(this.mirror2, "before");
	}

	@AfterEach
	void restore() {
		this.shared.restore();
	}

	@Test
	void theMirrorsAreNumberedAndStreamUnderTheirNames() throws SQLException {
		assertThat(standbys(this.primary)).isEqualTo("mirror1,mirror2");
		assertThat(this.mirror2.query("SHOW cluster_name")).isEqualTo("mirror2");
		assertThat(this.pair.nodes()).extracting(EmbeddedNode::name).containsExactly("primary", "mirror1", "mirror2");
		assertThat(this.pair.mirrors()).containsExactly(this.pair.node("mirror1"), this.pair.node("mirror2"));
		assertThat(this.pair.mirror()).isSameAs(this.pair.node("mirror1"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.pair.node("mirror"))
			.withMessage("There is no node 'mirror', only [primary, mirror1, mirror2]");
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedPair.builder().mirrors(0).start())
			.withMessage("A pair has at least one mirror, not 0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedPair.builder().mirrors(2).environment("mirror", Map.of()).start())
			.withMessageContaining("[primary, mirror1, mirror2]");
	}

	@Test
	void oneMirrorIsLostAndTheOtherIsNotAffected() throws SQLException {
		this.mirror2.node().kill();
		this.mirror1.node().link().cut();
		assertThat(this.mirror1.node().isRunning()).isTrue();
		this.mirror1.node().link().heal();
		insert(this.primary, "missed");
		assertEntries(this.mirror1, "before,missed");
		this.mirror2.node().start();
		assertEntries(this.mirror2, "before,missed");
	}

	@Test
	void theOtherMirrorStaysWithTheOldLeaderUntilItRejoins() throws SQLException {
		this.primary.node().kill();
		this.mirror1.node().promote();
		insert(this.mirror1, "after");
		assertThat(this.mirror2.node().isWritable()).isFalse();
		assertThat(standbys(this.mirror1)).isNull();
		assertEntries(this.mirror2, "before");
		try (Connection open = this.mirror2.connect()) {
			this.mirror2.node().rejoin();
			assertThat(NodeClient.query(open, "SELECT count(*) FROM entry")).isEqualTo("2");
		}
		assertThat(standbys(this.mirror1)).isEqualTo("mirror2");
		this.primary.node().rejoin();
		assertThat(standbys(this.mirror1)).isEqualTo("mirror2,primary");
	}

	@Test
	void afterASwitchoverTheOtherMirrorIsBelowTheOldPrimary() throws SQLException {
		this.mirror1.node().promote();
		insert(this.mirror1, "after");
		assertThat(standbys(this.mirror1)).isEqualTo("primary");
		assertEntries(this.mirror2, "after,before");
		assertThat(standbys(this.primary)).isEqualTo("mirror2");
	}

	@Test
	void aMirrorOfAMirrorReceivesThePrimarysChangesInACascade() throws SQLException {
		try (Connection open = this.mirror2.connect()) {
			this.mirror2.node().follow(this.mirror1.node());
			assertThat(NodeClient.query(open, "SELECT count(*) FROM entry")).isEqualTo("1");
		}
		insert(this.primary, "cascaded");
		assertEntries(this.mirror2, "before,cascaded");
		assertThat(standbys(this.primary)).isEqualTo("mirror1");
		assertThat(standbys(this.mirror1)).isEqualTo("mirror2");
		this.mirror2.node().restart();
		eventually(() -> assertThat(standbys(this.mirror1)).isEqualTo("mirror2"));
		this.mirror2.node().rejoin();
		assertThat(standbys(this.primary)).isEqualTo("mirror1,mirror2");
	}

	@Test
	void aMirrorFollowsAPrimaryThatIsNotTheLeader() throws SQLException {
		this.mirror1.node().promoteAlone();
		this.mirror2.node().follow(this.mirror1.node());
		insert(this.primary, "first");
		insert(this.mirror1, "second");
		assertEntries(this.mirror2, "before,second");
		this.mirror2.node().follow(this.primary.node());
		assertEntries(this.mirror2, "before,first");
		assertThat(this.primary.node().isWritable()).isTrue();
		assertThat(this.mirror1.node().isWritable()).isTrue();
	}

	@Test
	void aDivergedNodeBecomesAMirrorOfAMirrorWithACopyOfItsData() throws SQLException {
		this.mirror2.node().promoteAlone();
		insert(this.mirror2, "lost");
		insert(this.primary, "kept");
		this.mirror2.node().follow(this.mirror1.node());
		assertEntries(this.mirror2, "before,kept");
		assertThat(standbys(this.mirror1)).isEqualTo("mirror2");
	}

	@Test
	void aNodeDoesNotFollowItselfADeadNodeOrItsOwnFollower() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mirror1.node().follow(this.mirror1.node()));
		assertThatIllegalStateException().isThrownBy(() -> this.primary.node().follow(this.mirror1.node()))
			.withMessageContaining("which follows 'primary' itself");
		this.mirror2.node().follow(this.mirror1.node());
		assertThatIllegalStateException().isThrownBy(() -> this.mirror1.node().follow(this.mirror2.node()));
		this.mirror1.node().kill();
		assertThatIllegalStateException().isThrownBy(() -> this.mirror2.node().follow(this.mirror1.node()))
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
