package dev.failover.it;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a leader that is deposed, or seems to be, while it lives and takes writes.
 */
class DeposedLeaderTests {

	@Test
	void aLeaderIsLeftOnceAMirrorFollowsAnotherThatWasPromoted() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().mirrors(2).start();
				Application application = Application.start(DeposedLeader.nodes(pair, "mirror1", "mirror2"))) {
			DeposedLeader.prepare(application, "mirror1", "mirror2");
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				writers.awaitSuccesses(application);
				pair.node("mirror1").promoteAlone();
				application.awaitCondition(Kind.SPLIT_BRAIN);
				assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
				pair.node("mirror2").follow(pair.node("mirror1"));
				long shown = DeposedLeader.awaitFollowing(pair.node("mirror2"), pair.node("mirror1"));
				application.awaitMode(Mode.FAILED_OVER);
				long moved = System.nanoTime();
				DeposedLeader.checkDetection(application, moved - shown);
				assertThat(application.state().route().writes()).isEqualTo(new Node("mirror1"));
				writers.awaitSuccesses(application);
				writers.stop();
				assertThat(DeposedLeader.lostSince(writers, moved, pair.node("mirror1"))).isEmpty();
			}
		}
	}

	@Test
	void aPromotionForATestCostsNothing() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				writers.awaitSuccesses(application);
				pair.mirror().promoteAlone();
				application.awaitCondition(Kind.SPLIT_BRAIN);
				assertThat(writers.failures()).isEmpty();
				pair.primary().restart();
				writers.awaitSuccesses(application);
				application.awaitCondition(Kind.SPLIT_BRAIN);
				writers.stop();
				assertThat(writers.lost(PacedWriters.stored(pair.primary()))).isEmpty();
			}
			assertThat(application.state().changes()).extracting(RouteChange::to).doesNotContain(new Node("mirror"));
			pair.mirror().rejoin();
			application.awaitReady();
			assertThat(application.conditions()).isEmpty();
		}
	}

}
