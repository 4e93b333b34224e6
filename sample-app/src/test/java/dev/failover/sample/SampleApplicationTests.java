package dev.failover.sample;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import dev.failover.sample.Client.Answer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the whole application on the embedded pair.
 */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
final class SampleApplicationTests {

	private static final Duration PROMOTE_AFTER = Duration.ofSeconds(ServiceTest.PROMOTE_AFTER_SECONDS);

	@LocalServerPort
	private int port;

	@Autowired
	private Operator operator;

	private Client client;

	@BeforeEach
	void startInModeNormalWithAReadyMirror() {
		this.client = new Client(this.port);
		Answer failover = this.client.get("/actuator/failover");
		if (!"NORMAL".equals(failover.at("$.mode"))) {
			act("primary/promote");
		}
		awaitThat().untilAsserted(() -> {
			Answer now = failover();
			assertThat(now.<String>at("$.mode")).isEqualTo("NORMAL");
			assertThat(now.<Boolean>at("$.ready")).isTrue();
		});
	}

	@Test
	void anApplicationKeepsWorkingWhenItsPrimaryDies(CapturedOutput output) {
		Customer customer = new Customer(this.client);
		this.client.post("/demo/load/start");
		try (customer) {
			awaitThat().until(() -> customer.acknowledged().size() > 50);
			Integer before = customer.acknowledged().element();
			assertThat(act("primary/kill").<Boolean>at("$.running")).isFalse();
			assertReadsContinueAndOrdersWait(before);
			assertOrdersContinueAfterThePromotion();
			rejoinTheOldPrimary();
		}
		this.client.post("/demo/load/stop");
		assertThat(customer.refusals()).hasSizeLessThanOrEqualTo(Customer.THREADS).allSatisfy((refusal) -> {
			assertThat(refusal.status()).as(refusal.body()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
			assertThat(refusal.headers().getFirst("Retry-After")).isEqualTo("1");
		});
		assertThat(customer.acknowledged()).allSatisfy(this::isFound);
		Answer load = this.client.get("/demo/load");
		assertThat(load.<Integer>at("$.lost")).as(load.body()).isZero();
		assertThat(load.<Number>at("$.reads.longestOutageMillis").longValue()).as(load.body())
			.isLessThan(PROMOTE_AFTER.toMillis());
		assertThat(output.getAll().lines().filter((line) -> line.contains(" ERROR "))).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).containsPattern("dev\\.failover +: Route"));
	}

	@Test
	void aSwitchoverFailsNoOrder() {
		Customer customer = new Customer(this.client);
		try (customer) {
			awaitThat().until(() -> customer.acknowledged().size() > 20);
			Answer moved = this.client.post("/actuator/failover", """
					{"action": "switchover", "target": "mirror"}""");
			assertThat(moved.status()).as(moved.body()).isEqualTo(HttpStatus.OK);
			assertThat(moved.<String>at("$.mode")).isEqualTo("FAILED_OVER");
			assertThat(moved.<String>at("$.route.cause")).isEqualTo("switchover");
			assertThat(moved.<List<String>>at("$.changes[-1:].evidence"))
				.containsExactly("requested by " + Operator.NAME);
			int placed = customer.acknowledged().size();
			awaitThat().until(() -> customer.acknowledged().size() > placed + 20);
		}
		assertThat(customer.refusals()).isEmpty();
		assertThat(customer.acknowledged()).allSatisfy(this::isFound);
	}

	@Test
	void eachOperationIsAnAuditEventWithTheNameOfTheCaller() {
		int before = this.operator.auditEvents().size();
		for (String operation : List.of("{'action': 'pause'}", "{'action': 'resume'}", "{'action': 'explode'}",
				"{'action': 'switchover', 'target': 'primary', 'force': true}",
				"{'action': 'drill', 'fault': 'refuse', 'duration': '10m'}")) {
			this.client.post("/actuator/failover", operation.replace('\'', '"'));
		}
		List<AuditEvent> events = this.operator.auditEvents().subList(before, this.operator.auditEvents().size());
		assertThat(events).allSatisfy((event) -> {
			assertThat(event.getType()).isEqualTo("FAILOVER_OPERATION");
			assertThat(event.getPrincipal()).isEqualTo(Operator.NAME);
		});
		assertThat(events).extracting((event) -> event.getData().get("action"))
			.containsExactly("pause", "pause", "resume", "resume", "explode", "switchover", "switchover", "drill",
					"drill");
		assertThat(events).extracting((event) -> String.valueOf(event.getData().get("outcome")).split(":")[0])
			.containsExactly("begun", "done", "begun", "done", "malformed", "begun", "refused", "begun", "refused");
		assertThat(events.get(5).getData()).containsEntry("target", "primary").containsEntry("force", true);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"action": "explode"}                          | 400 | explode
			{"action": "switchover", "target": "elsewhere"} | 400 | primary, mirror
			{"action": "switchover", "target": "primary"}   | 409 | already
			""")
	void anInvalidOperationIsRefusedWithTheReason(String operation, int status, String reason) {
		Answer refused = this.client.post("/actuator/failover", operation);
		assertThat(refused.status().value()).as(refused.body()).isEqualTo(status);
		assertThat(refused.<String>at("$.detail")).contains(reason);
	}

	private void assertReadsContinueAndOrdersWait(Integer id) {
		await().atMost(PROMOTE_AFTER).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
			assertThat(failover().<String>at("$.mode")).isEqualTo("READ_ONLY");
			isFound(id);
		});
		Answer placed = this.client.place("Ada");
		assertThat(placed.status()).as(placed.body()).isEqualTo(HttpStatus.CREATED);
		assertThat(failover().<String>at("$.mode")).isEqualTo("FAILED_OVER");
	}

	private void assertOrdersContinueAfterThePromotion() {
		awaitThat().untilAsserted(() -> assertThat(failover().<String>at("$.mode")).isEqualTo("FAILED_OVER"));
		Answer placed = this.client.place("Ada");
		assertThat(placed.status()).as(placed.body()).isEqualTo(HttpStatus.CREATED);
		assertThat(failover().<List<String>>at("$.changes[*].mode")).endsWith("NORMAL", "READ_ONLY", "FAILED_OVER");
		assertThat(failover().<Boolean>at("$.ready")).isFalse();
	}

	private void rejoinTheOldPrimary() {
		act("primary/rejoin");
		awaitThat().untilAsserted(() -> {
			Answer failover = failover();
			assertThat(failover.<String>at("$.nodes.primary.role")).isEqualTo("READ_ONLY");
			assertThat(failover.<Boolean>at("$.ready")).isTrue();
			assertThat(failover.<Boolean>at("$.nodes.primary.replication.verified")).isTrue();
		});
		assertThat(failover().<String>at("$.mode")).isEqualTo("FAILED_OVER");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/orders", "/demo/nodes", "/demo/load", "/actuator/health",
			"/actuator/health/readiness", "/actuator/info", "/actuator/failover", "/actuator/metrics",
			"/actuator/prometheus", "/actuator/flyway", "/actuator/circuitbreakers" })
	void eachPageIsAvailable(String path) {
		assertThat(this.client.get(path).status()).isEqualTo(HttpStatus.OK);
	}

	@Test
	void faultsCanBeCausedFromThisMachineOnly(@Value("${server.address}") InetAddress address) {
		assertThat(address.isLoopbackAddress()).isTrue();
	}

	@Test
	void anActionThatIsNotPossibleIsRefused() {
		act("mirror/kill");
		assertThat(this.client.post("/demo/nodes/mirror/kill").status()).isEqualTo(HttpStatus.CONFLICT);
		act("mirror/restart");
	}

	private void isFound(Integer id) {
		assertThat(this.client.get("/orders/" + id).status()).isEqualTo(HttpStatus.OK);
	}

	private Answer failover() {
		return this.client.get("/actuator/failover");
	}

	private Answer act(String nodeAndAction) {
		Answer answer = this.client.post("/demo/nodes/" + nodeAndAction);
		assertThat(answer.status()).as(answer.body()).isEqualTo(HttpStatus.OK);
		return answer;
	}

	private static ConditionFactory awaitThat() {
		return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
	}

}
