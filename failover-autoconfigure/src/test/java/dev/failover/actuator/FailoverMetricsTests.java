package dev.failover.actuator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.failover.Cause;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.StubFailover;
import dev.failover.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.failover.actuator.FailoverStateFixture.MIRROR;
import static dev.failover.actuator.FailoverStateFixture.PRIMARY;
import static dev.failover.actuator.FailoverStateFixture.PROBED;
import static org.assertj.core.api.Assertions.assertThat;

class FailoverMetricsTests {

	private final FailoverMetrics metrics = new FailoverMetrics(() -> new StubFailover(() -> this.state));

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private FailoverState state = FailoverStateFixture.normal();

	@Test
	void showsTheRouteOfEachAccess() {
		this.metrics.bindTo(this.registry);
		assertThat(gauge("failover.route", "node", "primary", "access", "writes")).isOne();
		assertThat(gauge("failover.route", "node", "mirror", "access", "reads")).isZero();
		this.state = FailoverStateFixture.readOnly();
		assertThat(gauge("failover.route", "node", "primary", "access", "writes")).isZero();
		assertThat(gauge("failover.route", "node", "mirror", "access", "writes")).isZero();
		assertThat(gauge("failover.route", "node", "mirror", "access", "reads")).isOne();
	}

	@Test
	void showsWhatEachNodeCanDo() {
		this.metrics.bindTo(this.registry);
		assertThat(gauge("failover.ready")).isOne();
		assertThat(gauge("failover.node.up", "node", "mirror")).isOne();
		assertThat(gauge("failover.node.writable", "node", "mirror")).isZero();
		assertThat(gauge("failover.node.writable", "node", "primary")).isOne();
		this.state = FailoverStateFixture.readOnly();
		assertThat(gauge("failover.ready")).isZero();
		assertThat(gauge("failover.node.up", "node", "primary")).isZero();
		assertThat(gauge("failover.node.writable", "node", "primary")).isZero();
	}

	@Test
	void showsTheLagInSecondsAndBytes() {
		show(new Replication(true, Duration.ofMillis(1_500), 4_096L, PROBED, false, null));
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isEqualTo(1.5);
		assertThat(gauge("failover.replication.lag.bytes", "node", "mirror")).isEqualTo(4_096);
		assertThat(gauge("failover.replication.lag", "node", "primary")).isNaN();
	}

	@Test
	void aLagThatCouldNotBeReadIsNotANumber() {
		show(new Replication(false, null, null, PROBED, false, "no grant"));
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isNaN();
		assertThat(gauge("failover.replication.lag.bytes", "node", "mirror")).isNaN();
	}

	@Test
	void theLastLagOfALostNodeIsNotANumber() {
		this.state = FailoverStateFixture.unavailable();
		this.metrics.bindTo(this.registry);
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isNaN();
		assertThat(gauge("failover.replication.lag.bytes", "node", "mirror")).isNaN();
	}

	@Test
	void timesProbes() {
		this.metrics.bindTo(this.registry);
		this.metrics.probed(PRIMARY, probe(Verdict.UP, 1));
		this.metrics.probed(PRIMARY, probe(Verdict.UP, 3));
		this.metrics.probed(PRIMARY, probe(Verdict.DOWN, 1_000));
		Timer up = this.registry.get("failover.probe").tags("node", "primary", "outcome", "up").timer();
		assertThat(up.count()).isEqualTo(2);
		assertThat(up.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4);
		assertThat(this.registry.get("failover.probe").tag("outcome", "down").timer().count()).isOne();
	}

	@Test
	void countsTransitions() {
		this.metrics.bindTo(this.registry);
		this.metrics.changed(transition(PRIMARY, null, Cause.NODE_LOST, Duration.ofMillis(40), 3));
		this.metrics.changed(transition(null, MIRROR, Cause.ROLE_CHANGED, null, 0));
		assertThat(count("failover.transitions", "from", "primary", "to", "none", "cause", "node-lost")).isOne();
		assertThat(count("failover.transitions", "from", "none", "to", "mirror", "cause", "role-changed")).isOne();
		assertThat(count("failover.connections.aborted")).isEqualTo(3);
		Timer detection = this.registry.get("failover.detection").timer();
		assertThat(detection.count()).isOne();
		assertThat(detection.max(TimeUnit.MILLISECONDS)).isEqualTo(40);
	}

	@Test
	void showsCountersBeforeTheyCount() {
		this.metrics.bindTo(this.registry);
		assertThat(count("failover.suspicions", "node", "primary")).isZero();
		assertThat(count("failover.suspicions", "node", "mirror")).isZero();
		assertThat(count("failover.connections.aborted")).isZero();
	}

	@Test
	void losesNothingThatCameBeforeTheRegistry() {
		observeOnce();
		this.metrics.bindTo(this.registry);
		observeOnce();
		assertObserved(this.registry, 2);
	}

	@Test
	void showsTheSameInEveryRegistry() {
		MeterRegistry other = new SimpleMeterRegistry();
		observeOnce();
		this.metrics.bindTo(this.registry);
		this.metrics.bindTo(other);
		observeOnce();
		assertObserved(this.registry, 2);
		assertObserved(other, 2);
	}

	@Test
	void countsOnceInARegistryThatIsBoundTwice() {
		observeOnce();
		this.metrics.bindTo(this.registry);
		this.metrics.bindTo(this.registry);
		observeOnce();
		assertObserved(this.registry, 2);
	}

	@Test
	void reachesRegistriesThatJoinACompositeLater() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		this.metrics.bindTo(composite);
		composite.add(this.registry);
		observeOnce();
		assertObserved(this.registry, 1);
		assertThat(gauge("failover.node.up", "node", "mirror")).isOne();
	}

	@Test
	void forgetsEarlyProbesBeyondALimit() {
		for (int i = 0; i < BufferedTimers.MAX_EARLY + 10; i++) {
			this.metrics.probed(PRIMARY, probe(Verdict.UP, 1));
		}
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.get("failover.probe").timer().count()).isEqualTo(BufferedTimers.MAX_EARLY);
	}

	private void observeOnce() {
		this.metrics.suspected(PRIMARY);
		this.metrics.probed(PRIMARY, probe(Verdict.DOWN, 5));
		this.metrics.changed(transition(PRIMARY, MIRROR, Cause.NODE_LOST, Duration.ofMillis(7), 1));
	}

	private static void assertObserved(MeterRegistry registry, int times) {
		assertThat(registry.get("failover.suspicions").tag("node", "primary").functionCounter().count())
			.isEqualTo(times);
		assertThat(registry.get("failover.transitions").functionCounter().count()).isEqualTo(times);
		assertThat(registry.get("failover.connections.aborted").functionCounter().count()).isEqualTo(times);
		assertThat(registry.get("failover.probe").timer().count()).isEqualTo(times);
		assertThat(registry.get("failover.detection").timer().count()).isEqualTo(times);
	}

	private void show(Replication sample) {
		FailoverState normal = FailoverStateFixture.normal();
		this.state = FailoverStateFixture.state(normal.route(), List.of(),
				List.of(FailoverStateFixture.leader(), FailoverStateFixture.follower(sample)), List.of());
		this.metrics.bindTo(this.registry);
	}

	private FailoverState state() {
		return this.state;
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(Tags.of(tags)).gauge().value();
	}

	private double count(String name, String... tags) {
		return this.registry.get(name).tags(Tags.of(tags)).functionCounter().count();
	}

	private static Probe probe(Verdict verdict, long millis) {
		return new Probe(PROBED, Duration.ofMillis(millis), verdict, null);
	}

	private static RouteChangedEvent transition(@Nullable Node from, @Nullable Node to, Cause cause,
			@Nullable Duration detection, int aborted) {
		Mode mode = (to != null) ? Mode.FAILED_OVER : Mode.READ_ONLY;
		RouteChange transition = new RouteChange(2, PROBED, mode, from, to, cause, "seen", detection, aborted);
		return new RouteChangedEvent(FailoverStateFixture.route(from, from, Mode.NORMAL),
				FailoverStateFixture.route(to, MIRROR, mode), transition);
	}

}
