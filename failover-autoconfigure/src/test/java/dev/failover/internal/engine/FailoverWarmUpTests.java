package dev.failover.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.ReadOnlyMode;
import dev.failover.Topology;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.monitor.FailoverSettings;
import dev.failover.internal.monitor.FailoverSettings.SwitchoverLimits;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailoverWarmUp} and {@link WarmUpEngine}.
 */
@ExtendWith(OutputCaptureExtension.class)
final class FailoverWarmUpTests {

	@AutoClose
	private final StubServer server = new StubServer();

	private final DetectionSettings detection = new DetectionSettings(Duration.ofSeconds(10), Duration.ofSeconds(5), 2,
			Duration.ofSeconds(1), 5, "select 1");

	private final CircuitBreaker breaker = CircuitBreaker.of("real", NodeBreaker.config(this.detection));

	private final CountDownLatch closed = new CountDownLatch(1);

	private final AtomicInteger built = new AtomicInteger();

	@Test
	void aMirrorIsPromotedAfterTheLossOfThePrimaryAndAllAreLostThen() throws InterruptedException {
		assertThat(new WarmUpEngine(definition(Topology.STANDBY)).run()).containsSubsequence(Mode.NORMAL,
				Mode.READ_ONLY, Mode.FAILED_OVER, Mode.UNAVAILABLE);
	}

	@ParameterizedTest
	@EnumSource
	void noServerBreakerOrLogIsTouched(Topology topology, CapturedOutput output) throws InterruptedException {
		new WarmUpEngine(definition(topology)).run();
		assertThat(this.server.connects()).isZero();
		assertThat(this.breaker.getState()).isEqualTo(State.CLOSED);
		assertThat(this.breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
		assertThat(output).doesNotContain("INFO").doesNotContain("WARN").doesNotContain("ERROR");
	}

	@Test
	void aProcessThatLosesItsProcessorHasNone() {
		AtomicLong time = new AtomicLong();
		assertThat(FailoverWarmUp.hasProcessor(() -> time.addAndGet(1_000_000))).isTrue();
		assertThat(FailoverWarmUp.hasProcessor(() -> time.addAndGet(6_000_000))).isFalse();
	}

	@Test
	void aQuietEngineIsWarmedUp() {
		warmUp(true, Duration.ZERO).run();
		assertThat(this.built).hasPositiveValue();
	}

	@Test
	void anEngineThatIsClosedIsNotWarmedUp() {
		this.closed.countDown();
		warmUp(true, Duration.ofDays(1)).run();
		assertThat(this.built).hasValue(0);
	}

	@Test
	void anEngineThatIsNotQuietIsNotWarmedUp() throws InterruptedException {
		Thread thread = new Thread(warmUp(false, Duration.ofMillis(1)));
		thread.start();
		this.closed.countDown();
		thread.join();
		assertThat(this.built).hasValue(0);
	}

	@Test
	void anErrorEndsTheWarmUpOnly() {
		EngineDefinition failing = new EngineDefinition(definition(Topology.STANDBY).nodes(),
				new ErrorClassification(List.of()), () -> {
					this.built.incrementAndGet();
					throw new StackOverflowError("test");
				}, (node) -> {
				}, Clock.systemUTC());
		new FailoverWarmUp(failing, () -> true, this.closed, Duration.ZERO).run();
		assertThat(this.built).hasValue(1);
	}

	private FailoverWarmUp warmUp(boolean quiet, Duration pause) {
		return new FailoverWarmUp(definition(Topology.STANDBY), () -> quiet, this.closed, pause);
	}

	private EngineDefinition definition(Topology topology) {
		PolicySettings policy = new PolicySettings(topology, Duration.ofSeconds(10), true, true, Duration.ofSeconds(30),
				Duration.ofSeconds(5), false, Duration.ofSeconds(1), false, Duration.ofSeconds(5));
		FailoverSettings settings = new FailoverSettings(this.detection, policy,
				new Unwritable(ReadOnlyMode.HOLD, null), Duration.ofSeconds(1),
				new SwitchoverLimits(Duration.ofSeconds(5), Duration.ofSeconds(5)), 50, true, Map.of());
		StubDialect dialect = new StubDialect();
		return new EngineDefinition(List.of(node(PRIMARY, dialect), node(MIRROR, dialect)),
				new ErrorClassification(List.of(dialect)), () -> {
					this.built.incrementAndGet();
					return settings;
				}, (node) -> {
				}, Clock.systemUTC());
	}

	private NodeDefinition node(Node node, StubDialect dialect) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.server.url());
		config.setDriverClassName(StubDriver.class.getName());
		return new NodeDefinition(node, config, dialect, () -> this.breaker);
	}

}
