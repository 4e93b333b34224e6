package dev.failover.it;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.Failover;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.OperationRefusedException;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of switchover, pause and resume.
 */
class OperatorTests {

	private static final Node MIRROR = new Node("mirror");

	@Test
	void aSwitchoverFailsNoRequestIfTheMirrorIsPromotedMeanwhile() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).promoteAfter(Duration.ofMinutes(5)).start();
				Application application = Application.start(pair)) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			try (ClientThreads client = new ClientThreads(application.jdbc()).writers(8).readers(8)) {
				application.await("load", () -> client.writes() > 100 && client.reads() > 100);
				Failover failover = application.failover();
				CompletableFuture<RouteChange> switchover = failover.switchover(MIRROR, false, "alice");
				application.await("drained", () -> failover.pool(new Node("primary")).active() == 0);
				pair.mirror().promote();
				RouteChange moved = switchover.get(30, TimeUnit.SECONDS);
				assertThat(moved.cause()).isEqualTo(Cause.SWITCHOVER);
				assertThat(moved.evidence()).contains("alice");
				var before = client.successes();
				application.await("a success of every thread", () -> client.allSucceededSince(before));
				client.stop();
				assertThat(client.failures()).isZero();
				assertThat(CrashTests.missing(pair.mirror(), client.acknowledged())).isEmpty();
			}
			assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
			application.awaitReady();
		}
	}

	@Test
	void aSwitchoverWithoutAPromotionIsAbandonedAndRequestsContinue() {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.switchover.drain-timeout=100ms",
						"spring.datasource.hikari.connection-timeout=2000")) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			try (ClientThreads client = new ClientThreads(application.jdbc()).writers(4)) {
				application.await("load", () -> client.writes() > 10);
				CompletableFuture<RouteChange> switchover = application.failover().switchover(MIRROR, false, "alice");
				assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> switchover.get(30, TimeUnit.SECONDS))
					.withCauseInstanceOf(OperationRefusedException.class)
					.withMessageContaining("did not accept writes in time");
				int writes = client.writes();
				application.await("further writes", () -> client.writes() > writes + 10);
				assertThat(client.failures()).isZero();
			}
			assertThat(application.state().route().epoch()).isOne();
		}
	}

	@Test
	void aSwitchoverToALostMirrorIsRefusedWithTheReason() {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			application.awaitReady();
			pair.mirror().kill();
			application.awaitCondition(Kind.DOWN, "mirror");
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> application.failover().switchover(MIRROR, true, "alice").get())
				.withCauseInstanceOf(OperationRefusedException.class)
				.withMessageContaining("DOWN");
		}
	}

	@Test
	void aPausedRouteStaysWhenItsNodeIsLostAndMovesWhenResumed() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			Failover failover = application.failover();
			failover.pause("alice").get();
			application.awaitCondition(Kind.PAUSED);
			assertThat(application.state().automatic()).isFalse();
			assertThat(application.state().ready()).isFalse();
			pair.primary().kill();
			application.awaitCondition(Kind.DOWN, "primary");
			assertThat(application.state().route().epoch()).isOne();
			failover.resume("alice").get();
			application.awaitMode(Mode.READ_ONLY);
			assertThat(application.conditions()).extracting(Condition::kind).doesNotContain(Kind.PAUSED);
		}
	}

}
