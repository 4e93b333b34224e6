package dev.failover.actuator;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.failover.Condition.Kind;
import dev.failover.Condition;
import dev.failover.Cause;
import dev.failover.FailoverState;
import dev.failover.FailoverStateFixture;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Operation;
import dev.failover.Operation.Action;
import dev.failover.Operation.Outcome;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.StubFailover;
import dev.failover.Verdict;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.doctor.Finding;
import dev.failover.internal.doctor.Finding.Severity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.failover.FailoverStateFixture.MIRROR;
import static dev.failover.FailoverStateFixture.PRIMARY;
import static dev.failover.FailoverStateFixture.PROBED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FailoverMetrics}.
 */
class FailoverMetricsTests {

	private final FailoverMetrics metrics = new FailoverMetrics(() -> new StubFailover(() -> this.state), this::doctor,
			Clock.fixed(PROBED.plusSeconds(1), ZoneOffset.UTC));

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private FailoverState state = FailoverStateFixture.normal();

	private List<Finding> findings = List.of();

	private Doctor doctor() {
		Doctor doctor = mock();
		given(doctor.findings()).willAnswer((call) -> this.findings);
		return doctor;
	}

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
	void showsReadinessAndTheStateOfEachNode() {
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
	void showsTheLagInSecondsAndInTheUnitOfTheDialect() {
		show(new Replication(true, Duration.ofMillis(1_500), 4_096L, PROBED, false, null));
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isEqualTo(1.5);
		assertThat(gauge("failover.replication.behind", "node", "mirror", "unit", "bytes")).isEqualTo(4_096);
		assertThat(gauge("failover.replication.lag", "node", "primary")).isNaN();
	}

	@Test
	void aLagThatCouldNotBeReadIsNotANumber() {
		show(new Replication(false, null, null, PROBED, false, "no grant"));
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isNaN();
		assertThat(gauge("failover.replication.behind", "node", "mirror")).isNaN();
	}

	@Test
	void aLagOfANodeThatIsNotVerifiedIsNotANumber() {
		show(new Replication(false, Duration.ZERO, 0L, PROBED, false, "it accepted writes of its own"));
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isNaN();
		assertThat(gauge("failover.replication.behind", "node", "mirror")).isNaN();
	}

	@Test
	void aStaleLagIsNotANumber() {
		show(new Replication(true, Duration.ZERO, 0L, PROBED.minusSeconds(3), false, null));
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isNaN();
		show(new Replication(true, Duration.ZERO, 0L, PROBED.minusSeconds(2), false, null));
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isZero();
	}

	@Test
	void theLastLagOfALostNodeIsNotANumber() {
		this.state = FailoverStateFixture.unavailable();
		this.metrics.bindTo(this.registry);
		assertThat(gauge("failover.replication.lag", "node", "mirror")).isNaN();
		assertThat(gauge("failover.replication.behind", "node", "mirror")).isNaN();
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
		assertThat(timer(this.registry, "node", "primary", "outcome", "down").count()).isOne();
	}

	@Test
	void countsChangesOfTheRoute() {
		this.metrics.bindTo(this.registry);
		this.metrics.changed(change(PRIMARY, null, Cause.NODE_LOST, Duration.ofMillis(40), 3));
		this.metrics.changed(change(null, MIRROR, Cause.ROLE_CHANGED, null, 0));
		assertThat(count("failover.changes", "from", "primary", "to", "none", "cause", "node-lost")).isOne();
		assertThat(count("failover.changes", "from", "none", "to", "mirror", "cause", "role-changed")).isOne();
		assertThat(count("failover.connections.aborted")).isEqualTo(3);
		Timer detection = this.registry.get("failover.detection").timer();
		assertThat(detection.count()).isOne();
		assertThat(detection.max(TimeUnit.MILLISECONDS)).isEqualTo(40);
	}

	@Test
	void showsConditionsOfOneNodeAndOfTheWhole() {
		this.metrics.bindTo(this.registry);
		assertThat(gauge("failover.condition", "condition", "DOWN", "node", "primary")).isZero();
		this.state = FailoverStateFixture.pausedOnLostPrimary();
		assertThat(gauge("failover.condition", "condition", "DOWN", "node", "primary")).isOne();
		assertThat(gauge("failover.condition", "condition", "DOWN", "node", "mirror")).isZero();
		assertThat(gauge("failover.condition", "condition", "PAUSED", "node", "all")).isOne();
		assertThat(gauge("failover.condition", "condition", "SPLIT_BRAIN", "node", "all")).isZero();
	}

	@Test
	void showsWhetherTheEngineWorks() {
		this.metrics.bindTo(this.registry);
		assertThat(gauge("failover.engine.working")).isOne();
		Condition condition = new Condition(Kind.ENGINE_DOWN, null, FailoverStateFixture.START, "It has ended");
		this.state = FailoverStateFixture.state(this.state.route(), List.of(condition), this.state.nodes(), List.of());
		assertThat(gauge("failover.engine.working")).isZero();
		assertThat(gauge("failover.condition", "condition", "ENGINE_DOWN", "node", "all")).isOne();
	}

	@Test
	void countsRequests() {
		this.metrics.bindTo(this.registry);
		assertThat(count("failover.requests", "outcome", "held")).isEqualTo(7);
		assertThat(count("failover.requests", "outcome", "refused")).isOne();
		assertThat(gauge("failover.requests.waiting")).isEqualTo(2);
	}

	@Test
	void countsOperations() {
		this.metrics.bindTo(this.registry);
		assertThat(count("failover.operations", "action", "drill", "outcome", "done")).isZero();
		this.metrics.operationEnded(new Operation(Action.SWITCHOVER, MIRROR, null, "alice", PROBED), Outcome.REFUSED);
		assertThat(count("failover.operations", "action", "switchover", "outcome", "refused")).isOne();
	}

	@Test
	void countsCurrentFindingsBySeverity() {
		this.metrics.bindTo(this.registry);
		assertThat(gauge("failover.findings", "severity", "warning")).isZero();
		this.findings = List.of(finding("pool-smaller", Severity.WARNING), finding("login-refused", Severity.WARNING),
				finding("connect-timeout-long", Severity.INFO));
		assertThat(gauge("failover.findings", "severity", "warning")).isEqualTo(2);
		assertThat(gauge("failover.findings", "severity", "info")).isOne();
	}

	@Test
	void everyMeterHasADescription() {
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).as("%s", meter.getId()).isNotBlank());
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.contains("failover.detection", "failover.probe");
	}

	@Test
	void tagsOfOneMeaningHaveOneName() {
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting(Tag::getKey)
			.containsOnly("node", "access", "condition", "outcome", "from", "to", "cause", "unit", "action",
					"severity");
	}

	@ParameterizedTest
	@CsvSource({ "none, primary, startup", "none, none, startup", "primary, none, node-lost",
			"primary, mirror, node-lost", "none, none, node-lost", "primary, none, role-changed",
			"primary, mirror, role-changed", "none, mirror, role-changed", "none, primary, node-returned",
			"mirror, primary, failback", "primary, mirror, switchover", "none, mirror, switchover",
			"primary, primary, reads-moved" })
	void theCounterOfEachPossibleChangeIsZeroFromTheStart(String from, String to, String cause) {
		this.metrics.bindTo(this.registry);
		assertThat(count("failover.changes", "from", from, "to", to, "cause", cause)).isZero();
	}

	@Test
	void impossibleChangesHaveNoCounter() {
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.find("failover.changes").tags("from", "primary", "cause", "startup").meters())
			.isEmpty();
		assertThat(this.registry.find("failover.changes").tags("to", "none", "cause", "switchover").meters()).isEmpty();
		assertThat(this.registry.get("failover.changes").meters()).hasSize(27);
	}

	@Test
	void countersAreZeroBeforeTheFirstEvent() {
		this.metrics.bindTo(this.registry);
		assertThat(count("failover.suspicions", "node", "primary")).isZero();
		assertThat(count("failover.suspicions", "node", "mirror")).isZero();
		assertThat(count("failover.connections.aborted")).isZero();
		assertThat(count("failover.outcomes.unknown", "node", "primary")).isZero();
		assertThat(count("failover.outcomes.unknown", "node", "mirror")).isZero();
	}

	@Test
	void keepsWhatWasObservedBeforeARegistryWasBound() {
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
	void reachesARegistryThatIsAddedToACompositeLater() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		this.metrics.bindTo(composite);
		composite.add(this.registry);
		observeOnce();
		assertObserved(this.registry, 1);
		assertThat(gauge("failover.node.up", "node", "mirror")).isOne();
	}

	@Test
	void keepsALimitedNumberOfEarlyProbes() {
		for (int i = 0; i < BufferedTimers.MAX_EARLY + 10; i++) {
			this.metrics.probed(PRIMARY, probe(Verdict.UP, 1));
		}
		this.metrics.bindTo(this.registry);
		assertThat(timer(this.registry, "node", "primary", "outcome", "up").count())
			.isEqualTo(BufferedTimers.MAX_EARLY);
	}

	private void observeOnce() {
		this.metrics.suspected(PRIMARY);
		this.metrics.outcomeUnknown(PRIMARY);
		this.metrics.probed(PRIMARY, probe(Verdict.DOWN, 5));
		this.metrics.changed(change(PRIMARY, MIRROR, Cause.NODE_LOST, Duration.ofMillis(7), 1));
	}

	private static void assertObserved(MeterRegistry registry, int times) {
		assertThat(registry.get("failover.outcomes.unknown").tag("node", "primary").functionCounter().count())
			.isEqualTo(times);
		assertThat(registry.get("failover.suspicions").tag("node", "primary").functionCounter().count())
			.isEqualTo(times);
		assertThat(registry.get("failover.changes")
			.tags("from", "primary", "to", "mirror", "cause", "node-lost")
			.functionCounter()
			.count()).isEqualTo(times);
		assertThat(registry.get("failover.connections.aborted").functionCounter().count()).isEqualTo(times);
		assertThat(timer(registry, "node", "primary", "outcome", "down").count()).isEqualTo(times);
		assertThat(registry.get("failover.detection").timer().count()).isEqualTo(times);
	}

	private void show(Replication sample) {
		FailoverState normal = FailoverStateFixture.normal();
		this.state = FailoverStateFixture.state(normal.route(), List.of(),
				List.of(FailoverStateFixture.leader(), FailoverStateFixture.follower(sample)), List.of());
		this.metrics.bindTo(this.registry);
	}

	private double gauge(String name, String... tags) {
		return this.registry.get(name).tags(Tags.of(tags)).gauge().value();
	}

	private double count(String name, String... tags) {
		return this.registry.get(name).tags(Tags.of(tags)).functionCounter().count();
	}

	private static Timer timer(MeterRegistry registry, String... tags) {
		return registry.get("failover.probe").tags(tags).timer();
	}

	private static Finding finding(String id, Severity severity) {
		return new Finding(id, severity, MIRROR, "A problem.", "A remedy.");
	}

	private static Probe probe(Verdict verdict, long millis) {
		return new Probe(PROBED, Duration.ofMillis(millis), verdict, null);
	}

	private static RouteChangedEvent change(@Nullable Node from, @Nullable Node to, Cause cause,
			@Nullable Duration detection, int aborted) {
		Mode mode = (to != null) ? Mode.FAILED_OVER : Mode.READ_ONLY;
		RouteChange change = new RouteChange(2, PROBED, mode, from, to, cause, "seen", detection, aborted);
		return new RouteChangedEvent(FailoverStateFixture.route(from, from, Mode.NORMAL),
				FailoverStateFixture.route(to, MIRROR, mode), change);
	}

}
