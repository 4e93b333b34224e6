package dev.failover.it;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.OperationRefusedException;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.engine.FailoverRuntime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An operator steers the route.
 */
class OperatorTests {

	private static final Node MIRROR = new Node("mirror");

	@Test
	void aSwitchoverToAMirrorThatIsPromotedMeanwhileFailsNoRequest() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).promoteAfter(Duration.ofMinutes(5)).start();
				Application application = Application.start(pair)) {
			Client.createTable(application.jdbc());
			application.awaitReady();
			try (Client client = new Client(application.jdbc()).writers(8).readers(8)) {
				application.await("load", () -> client.writes() > 100 && client.reads() > 100);
				FailoverRuntime runtime = application.bean(FailoverRuntime.class);
				CompletableFuture<RouteChange> switchover = runtime.switchover(MIRROR, false, "alice");
				application.await("drained", () -> runtime.pool(new Node("primary")).active() == 0);
				pair.mirror().promote();
				RouteChange moved = switchover.get(30, TimeUnit.SECONDS);
				assertThat(moved.cause()).isEqualTo(Cause.SWITCHOVER);
				assertThat(moved.evidence()).contains("alice");
				var before = client.successes();
				application.await("every thread is whole", () -> client.allWholeSince(before));
				client.stop();
				assertThat(client.failures()).isZero();
				assertThat(CrashTests.missing(pair.mirror(), client.acknowledged())).isEmpty();
			}
			assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
			application.awaitReady();
		}
	}

	@Test
	void aSwitchoverWithoutAPromotionIsGivenUpAndRequestsGoOn() {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.switchover.drain-timeout=100ms",
						"spring.datasource.hikari.connection-timeout=2000")) {
			Client.createTable(application.jdbc());
			application.awaitReady();
			try (Client client = new Client(application.jdbc()).writers(4)) {
				application.await("load", () -> client.writes() > 10);
				CompletableFuture<RouteChange> switchover = application.bean(FailoverRuntime.class)
					.switchover(MIRROR, false, "alice");
				assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> switchover.get(30, TimeUnit.SECONDS))
					.withCauseInstanceOf(OperationRefusedException.class)
					.withMessageContaining("did not take writes in time");
				int writes = client.writes();
				application.await("writes go on", () -> client.writes() > writes + 10);
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
			application.await("mirror down", () -> application.conditions().contains("DOWN of node 'mirror'"));
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> application.bean(FailoverRuntime.class).switchover(MIRROR, true, "alice").get())
				.withCauseInstanceOf(OperationRefusedException.class)
				.withMessageContaining("DOWN");
		}
	}

	@Test
	void aHeldRouteStaysWhenItsNodeDiesAndMovesWhenReleased() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			Client.createTable(application.jdbc());
			application.awaitReady();
			FailoverRuntime runtime = application.bean(FailoverRuntime.class);
			runtime.pause("alice").get();
			application.await("held", () -> application.conditions().contains("PAUSED"));
			assertThat(application.state().automatic()).isFalse();
			assertThat(application.state().ready()).isFalse();
			pair.primary().kill();
			application.await("primary down", () -> application.conditions().contains("DOWN of node 'primary'"));
			assertThat(application.state().route().epoch()).isOne();
			runtime.resume("alice").get();
			application.awaitMode(Mode.READ_ONLY);
			assertThat(application.conditions()).doesNotContain("PAUSED");
		}
	}

}
