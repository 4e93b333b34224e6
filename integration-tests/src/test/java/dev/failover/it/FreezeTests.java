package dev.failover.it;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a server that is frozen: it accepts connections and does not answer.
 */
class FreezeTests {

	private static final int THREADS = 16;

	@Test
	void threadsBlockedByAFrozenPrimaryAreReleasedWhenTheRouteLeavesIt() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			try (ClientThreads client = new ClientThreads(application.jdbc()).readers(THREADS)) {
				application.await("a full pool",
						() -> application.failover().pool(application.node("primary").node()).active() == 10);
				pair.primary().freeze();
				application.await("all threads blocked",
						() -> client.blocked() == THREADS || application.state().route().mode() == Mode.READ_ONLY);
				long blocked = client.blocked();
				application.awaitMode(Mode.READ_ONLY);
				var before = client.successes();
				application.await("every thread is released", () -> client.allSucceededSince(before));
				RouteChange lost = application.state().changes().get(1);
				assertThat(blocked).isPositive();
				assertThat(lost.abortedConnections()).isEqualTo(10);
				assertThat(lost.detection()).isNotNull()
					.isGreaterThan(Duration.ofMillis(900))
					.isLessThan(Duration.ofSeconds(5));
			}
			finally {
				pair.primary().thaw();
			}
			application.awaitMode(Mode.NORMAL);
		}
	}

	@Tag("long")
	@Test
	void workInFlightSucceedsIfAFrozenServerRunsAgainWithinTheGracePeriod() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.detection.abort-grace=30s",
						"failover.detection.timeout=300ms");
				Connection held = application.dataSource().getConnection();
				Statement statement = held.createStatement()) {
			application.awaitReady();
			pair.primary().freeze();
			CompletableFuture<Boolean> work = CompletableFuture
				.supplyAsync(() -> succeeds(() -> statement.execute("select 1")));
			application.awaitMode(Mode.READ_ONLY);
			assertThat(work).isNotDone();
			pair.primary().thaw();
			assertThat(work.get(10, TimeUnit.SECONDS)).isTrue();
			assertThat(application.state().changes().get(1).abortedConnections()).isZero();
		}
	}

	private static boolean succeeds(Callable<?> work) {
		try {
			work.call();
			return true;
		}
		catch (Exception ex) {
			return false;
		}
	}

	@Test
	void aFreezeShorterThanTheDeadlineDoesNotMoveTheRoute() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.detection.timeout=5s")) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			try (ClientThreads client = new ClientThreads(application.jdbc()).readers(4).writers(4)) {
				application.await("load", () -> client.reads() > 50);
				pair.primary().freeze();
				application.await("blocked", () -> client.blocked() == 8);
				pair.primary().thaw();
				int writes = client.writes();
				application.await("further writes", () -> client.writes() > writes + 50);
				assertThat(client.failures()).isZero();
			}
			assertThat(application.state().route().epoch()).isOne();
		}
	}

}
