package dev.failover.it;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.actuator.FailoverEndpoint;
import dev.failover.actuator.FailoverHealthIndicator;
import dev.failover.embedded.EmbeddedPair;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the log, health, meters and endpoint that an operator sees during a fault.
 */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class OperatorViewTests {

	private final EmbeddedPair pair = EmbeddedPair.builder()
		.synchronous(true)
		.promoteAfter(Duration.ofMinutes(5))
		.start();

	private Application application;

	@BeforeEach
	void start() {
		this.application = Application.start(this.pair, "management.endpoints.web.exposure.include=*");
	}

	@AfterEach
	void stop() {
		try {
			if (this.application != null) {
				this.application.close();
			}
		}
		finally {
			this.pair.close();
		}
	}

	@Test
	void aKilledPrimaryIsShown(CapturedOutput output) {
		this.application.awaitReady();
		this.pair.primary().kill();
		assertLossOfPrimary(output);
	}

	@Test
	void aFrozenPrimaryIsShown(CapturedOutput output) {
		this.application.awaitReady();
		this.pair.primary().freeze();
		try {
			assertLossOfPrimary(output);
		}
		finally {
			this.pair.primary().thaw();
		}
		this.application.awaitMode(Mode.NORMAL);
		awaitLine(output, "INFO", "Condition DOWN of node 'primary' \\([^)]+\\) cleared");
	}

	private void assertLossOfPrimary(CapturedOutput output) {
		this.application.awaitMode(Mode.READ_ONLY);
		awaitLine(output, "WARN", "Condition DOWN of node 'primary' \\([^)]+\\) raised: It does not answer");
		awaitLine(output, "ERROR",
				"Route 2: READ_ONLY, writes primary \\([^)]+\\) -> none, reads -> mirror \\([^)]+\\); "
						+ "node-lost after \\d+ ms.*: primary DOWN \\(.+\\); mirror UP READ_ONLY");
		assertHealth(Mode.READ_ONLY, "DOWN of node 'primary': ").extracting("nodes.primary.state", "nodes.mirror.state")
			.containsExactly("DOWN", "UP");
		assertRoute("none", "mirror");
		assertThat(gauge("failover.ready")).isZero();
		awaitChange("primary", "none", "node-lost");
		assertThat(detections()).isOne();
		assertEndpoint(Mode.READ_ONLY, null, "mirror", Kind.DOWN);
	}

	@Test
	void aDemotedPrimaryIsShown(CapturedOutput output) throws Exception {
		this.application.awaitReady();
		ServerSql.execute(this.pair.primary(), "alter system set default_transaction_read_only = on",
				"select pg_reload_conf()");
		this.application.awaitMode(Mode.READ_ONLY);
		awaitLine(output, "INFO", "Node 'primary' \\([^)]+\\) is UP READ_ONLY \\(was UP WRITABLE\\)");
		awaitLine(output, "WARN",
				"Route 2: READ_ONLY, writes primary \\([^)]+\\) -> none, reads -> primary \\([^)]+\\); role-changed: "
						+ "primary UP READ_ONLY; mirror UP READ_ONLY");
		assertHealth(Mode.READ_ONLY).extracting("nodes.primary.state", "nodes.primary.role")
			.containsExactly("UP", "READ_ONLY");
		assertRoute("none", "primary");
		awaitChange("primary", "none", "role-changed");
		assertThat(detections()).isZero();
		assertEndpoint(Mode.READ_ONLY, null, "primary");
	}

	@Test
	void aSplitBrainIsShown(CapturedOutput output) {
		this.application.awaitReady();
		this.pair.mirror().promoteAlone();
		this.application.awaitCondition(Kind.SPLIT_BRAIN);
		awaitLine(output, "INFO", "Node 'mirror' \\([^)]+\\) is UP WRITABLE \\(was UP READ_ONLY\\)");
		awaitLine(output, "ERROR", "Condition SPLIT_BRAIN raised: .*accept writes");
		assertThat(output.getOut()).doesNotContain("Route 2");
		assertHealth(Mode.NORMAL, "SPLIT_BRAIN: ").extracting("nodes.primary.role", "nodes.mirror.role")
			.containsExactly("WRITABLE", "WRITABLE");
		assertRoute("primary", "primary");
		assertThat(gauge("failover.ready")).isZero();
		assertThat(changes()).as("only the first route").isOne();
		assertThat(detections()).isZero();
		assertEndpoint(Mode.NORMAL, "primary", "primary", Kind.SPLIT_BRAIN);
	}

	@Test
	void aSwitchoverIsShown(CapturedOutput output) throws Exception {
		this.application.awaitReady();
		CompletableFuture<RouteChange> switchover = this.application.failover()
			.switchover(new Node("mirror"), false, "alice");
		this.pair.mirror().promote();
		switchover.get(30, TimeUnit.SECONDS);
		awaitLine(output, "INFO",
				"Route 2: FAILED_OVER, writes primary \\([^)]+\\) -> mirror \\([^)]+\\), reads -> mirror \\([^)]+\\); switchover.*: "
						+ "requested by alice");
		awaitChange("primary", "mirror", "switchover");
		assertThat(detections()).isZero();
		this.application.awaitReady();
		assertHealth(Mode.FAILED_OVER).extracting("nodes.primary.role", "nodes.mirror.role")
			.containsExactly("READ_ONLY", "WRITABLE");
		assertRoute("mirror", "mirror");
		assertThat(gauge("failover.ready")).isOne();
		assertEndpoint(Mode.FAILED_OVER, "mirror", "mirror");
		assertThat(this.application.conditions()).isEmpty();
	}

	/**
	 * Waits for a line in the log: it is written a moment after the state has changed.
	 */
	private void awaitLine(CapturedOutput output, String level, String message) {
		String line = "(?s).*\\b" + level + " [^\n]*" + message + ".*";
		this.application.await(message, () -> output.getOut().matches(line));
	}

	private void awaitChange(String from, String to, String cause) {
		this.application.await("change from " + from, () -> {
			FunctionCounter counter = meters().find("failover.changes")
				.tags("from", from, "to", to, "cause", cause)
				.functionCounter();
			return counter != null && counter.count() == 1;
		});
	}

	private double changes() {
		return meters().get("failover.changes").functionCounters().stream().mapToDouble(FunctionCounter::count).sum();
	}

	private long detections() {
		Timer timer = meters().find("failover.detection").timer();
		return (timer != null) ? timer.count() : 0;
	}

	private AbstractObjectAssert<?, ?> assertHealth(Mode mode, String... conditions) {
		Health health = this.application.bean(FailoverHealthIndicator.class).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("mode", mode);
		for (String condition : conditions) {
			assertThat(health.getDetails().get("conditions")).asInstanceOf(InstanceOfAssertFactories.list(String.class))
				.anySatisfy((text) -> assertThat(text).startsWith(condition));
		}
		return assertThat((Object) health.getDetails());
	}

	private void assertRoute(String writes, String reads) {
		for (String node : List.of("primary", "mirror")) {
			assertThat(gauge("failover.route", "node", node, "access", "writes")).as("writes on " + node)
				.isEqualTo(node.equals(writes) ? 1 : 0);
			assertThat(gauge("failover.route", "node", node, "access", "reads")).as("reads on " + node)
				.isEqualTo(node.equals(reads) ? 1 : 0);
		}
	}

	private double gauge(String name, String... tags) {
		return meters().get(name).tags(tags).gauge().value();
	}

	private MeterRegistry meters() {
		return this.application.bean(MeterRegistry.class);
	}

	private void assertEndpoint(Mode mode, String writes, String reads, Kind... conditions) {
		Object answer = ReflectionTestUtils.invokeMethod(this.application.bean(FailoverEndpoint.class), "failover");
		assertThat(answer).extracting("mode", "route.writes", "route.reads")
			.containsExactly(mode, writes, List.of(reads));
		assertThat(answer).extracting("conditions", InstanceOfAssertFactories.list(Object.class))
			.extracting("condition")
			.contains((Object[]) conditions);
	}

}
