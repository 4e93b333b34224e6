package dev.failover.internal.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

import dev.failover.internal.concurrent.DaemonThreads;
import dev.failover.internal.concurrent.ScarceThreads;
import dev.failover.internal.engine.StubEngine.Collaborators;
import dev.failover.stub.StubDialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the engine in a process that lacks threads, or whose time of day is set.
 */
@Timeout(120)
final class EngineFaultTests {

	private final ScarceThreads threads = new ScarceThreads();

	private volatile Duration offset = Duration.ZERO;

	private StubEngine engine = engine((prefix) -> this.threads);

	private StubEngine engine(Function<String, ThreadFactory> factories) {
		InstantSource wall = () -> Instant.now().plus(this.offset);
		return new StubEngine(new Collaborators(new StubDialect(), (error) -> Optional.empty(), (target) -> {
		}, wall.withZone(ZoneOffset.UTC)), factories);
	}

	@AfterEach
	void close() {
		this.threads.exhaust(false);
		this.engine.close();
	}

	@Test
	void lossesAreHandledWhileNoThreadCanBeMade() throws Exception {
		this.engine.runtime.begin();
		this.engine.awaitNormal(PRIMARY);
		this.threads.exhaust(true);
		this.engine.primary.freeze();
		this.engine.awaitWritesOn(MIRROR);
		assertThat(this.engine.work()).isEqualTo(this.engine.mirror.url());
		await().until(() -> this.engine.primary.open() == 0);
		this.engine.primary.accept();
		this.engine.awaitNormal(PRIMARY);
		this.engine.primary.kill();
		this.engine.awaitWritesOn(MIRROR);
		assertThat(this.engine.work()).isEqualTo(this.engine.mirror.url());
	}

	@Test
	void aStartThatFoundNoThreadIsMadeByTheNextCaller() throws Exception {
		this.threads.exhaust(true);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> this.engine.work());
		this.threads.exhaust(false);
		assertThat(this.engine.work()).isEqualTo(this.engine.primary.url());
	}

	@Test
	void anEngineThatDoesNotWorkSaysSoAndRecovers() {
		this.engine.close();
		ThreadFactory others = DaemonThreads.named("failover-test-");
		this.engine = engine((prefix) -> prefix.equals("failover-") ? this::oneThread : others);
		this.engine.runtime.begin();
		await().until(() -> !this.engine.isWorking());
		assertThat(this.engine.state().ready()).isFalse();
		assertThat(this.engine.state().conditions().get(0).detail()).contains("'failover-monitor'",
				"unable to create native thread");
		await().pollInterval(Duration.ofMillis(10)).until(() -> {
			this.threads.exhaust(false);
			return this.engine.isWorking();
		});
		this.engine.awaitNormal(PRIMARY);
	}

	private Thread oneThread(Runnable work) {
		Thread thread = this.threads.newThread(work);
		this.threads.exhaust(true);
		return thread;
	}

	@Test
	void theRouteReturnsInTimeAlthoughTheTimeOfDayWasSetBack() {
		this.engine.runtime.begin();
		this.engine.awaitNormal(PRIMARY);
		this.engine.primary.kill();
		this.engine.awaitWritesOn(MIRROR);
		this.offset = Duration.ofHours(-1);
		this.engine.primary.accept();
		this.engine.awaitNormal(PRIMARY);
		assertThat(Duration.between(this.engine.state().route().since(), Instant.now()))
			.isGreaterThan(Duration.ofMinutes(59));
	}

}
