package dev.failover.it;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.StopMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application whose primary is killed, stopped or restarted.
 */
class CrashTests {

	@Test
	void whenThePrimaryIsKilledReadsGoOnAndWritesFollowThePromotion() throws Exception {
		survive(EmbeddedNode::kill);
	}

	@Tag("long")
	@Test
	void whenThePrimaryIsStoppedFastReadsGoOnAndWritesFollowThePromotion() throws Exception {
		survive((primary) -> primary.stop(StopMode.FAST));
	}

	@Tag("long")
	@Test
	void whenThePrimaryIsStoppedImmediatelyReadsGoOnAndWritesFollowThePromotion() throws Exception {
		survive((primary) -> primary.stop(StopMode.IMMEDIATE));
	}

	private void survive(Consumer<EmbeddedNode> fault) throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
				Application application = Application.start(pair)) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			try (ClientThreads client = new ClientThreads(application.jdbc()).writers(4).readers(4)) {
				application.await("load", () -> client.writes() > 50 && client.reads() > 50);
				fault.accept(pair.primary());
				application.awaitMode(Mode.READ_ONLY);
				int reads = client.reads();
				application.await("further reads", () -> client.reads() > reads + 50);
				pair.mirror().promote();
				application.awaitMode(Mode.FAILED_OVER);
				int writes = client.writes();
				application.await("further writes", () -> client.writes() > writes + 50);
				var before = client.successes();
				application.await("a success of every thread", () -> client.allSucceededSince(before));
				rejoinPrimary(pair, application);
				client.stop();
				assertThat(missing(pair.mirror(), client.acknowledged())).isEmpty();
			}
			assertThat(application.state().changes()).extracting(RouteChange::cause)
				.startsWith(Cause.STARTUP, Cause.NODE_LOST, Cause.ROLE_CHANGED);
		}
	}

	private static void rejoinPrimary(EmbeddedPair pair, Application application) {
		pair.primary().rejoin();
		application.awaitReady();
		assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
		assertThat(application.node("primary").replication()).satisfies((sample) -> {
			assertThat(sample).isNotNull();
			assertThat(sample.verified()).isTrue();
		});
		assertThat(application.conditions()).isEmpty();
	}

	@Test
	void whenThePrimaryRestartsWithinASecondThereIsAtMostOneFailoverAndOneFailback() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			try (ClientThreads client = new ClientThreads(application.jdbc()).writers(4).readers(4)) {
				application.await("load", () -> client.writes() > 50 && client.reads() > 50);
				pair.primary().restart();
				application.awaitMode(Mode.NORMAL);
				int writes = client.writes();
				application.await("further writes", () -> client.writes() > writes + 200);
				application.awaitReady();
			}
			assertThat(application.state().route().epoch()).isLessThanOrEqualTo(3);
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
		}
	}

	/**
	 * After a switchover the old primary follows with the data that it has. Its control
	 * file has the timeline of before until its next restart point, and is all that tells
	 * the timeline once nothing is received any more.
	 */
	@Test
	void aFormerPrimaryServesReadsWhenItsNewLeaderIsLost() {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			pair.mirror().promote();
			application.awaitMode(Mode.FAILED_OVER);
			application.awaitReady();
			pair.mirror().stop(StopMode.FAST);
			application.awaitMode(Mode.READ_ONLY);
			Instant lost = Instant.now();
			application.await("probes of the primary after the loss",
					() -> application.node("primary").lastAnswered().isAfter(lost));
			assertThat(application.state().route().reads()).containsExactly(new Node("primary"));
			assertThat(application.conditions()).extracting(Condition::label).containsExactly("DOWN of node 'mirror'");
		}
	}

	/**
	 * Returns the acknowledged writes that a node does not have.
	 */
	static List<Long> missing(EmbeddedNode node, List<Long> acknowledged) throws SQLException {
		List<Long> missing = new ArrayList<>(acknowledged);
		missing.removeAll(new HashSet<>(ServerSql.queryForList(node, "select id from entry", Long.class)));
		return missing;
	}

}
