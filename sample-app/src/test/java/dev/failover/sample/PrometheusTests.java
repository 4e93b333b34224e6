package dev.failover.sample;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.sample.Client.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the alerts and of the dashboard's queries on a Prometheus that scrapes the
 * service each second, through real faults. Times in the rules are shortened.
 */
@Tag("long")
@EnabledIf("dev.failover.sample.Prometheus#isInstalled")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		// long enough for some scrapes on a slow machine
		properties = { "failover.embedded.promote-after=8s", "spring.datasource.hikari.connection-timeout=30000",
				"spring.datasource.hikari.maximum-pool-size=3" })
final class PrometheusTests {

	private static final String SCRAPED = "failover_ready{job=\"orders\"}";

	@TempDir
	private Path folder;

	@LocalServerPort
	private int port;

	@Autowired
	private EmbeddedPair pair;

	private Client client;

	private Prometheus prometheus;

	@BeforeEach
	void start() throws Exception {
		this.client = new Client(this.port);
		if (!"NORMAL".equals(failover("$.mode"))) {
			act("primary/promote");
		}
		awaitReady();
		String rules = Documents.read(Documents.RULES)
			.replaceAll("for: \\w+", "for: 1s")
			.replaceAll("\\[\\d+m]", "[10s]");
		this.prometheus = Prometheus.start(this.folder, this.port, rules);
		await("two scrapes").atMost(Duration.ofMinutes(1))
			.until(() -> !this.prometheus.query("count_over_time(" + SCRAPED + "[1m]) > 2").isEmpty());
	}

	@AfterEach
	void stop() {
		this.client.post("/demo/load/stop");
		if (this.prometheus != null) {
			try (Prometheus stopped = this.prometheus) {
				assertThat(stopped.query("up")).hasSize(1);
				assertThat(fired("FailoverSplitBrain|FailoverDiverged|FailoverFleetDisagrees|FailoverNotWritable"))
					.isEmpty();
			}
		}
	}

	@Test
	void eachQueryOfTheDashboardIsAnswered() {
		this.client.post("/demo/load/start");
		await().atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(DashboardQuery.all()).allSatisfy((query) -> {
				List<Map<String, String>> series = this.prometheus.query(query.resolved());
				if (!query.isOfEvents()) {
					assertThat(series).isNotEmpty();
				}
			}));
	}

	@Test
	void theLossOfThePrimaryRaisesAlertsUntilItHasRejoined() {
		this.client.post("/demo/load/start");
		act("primary/kill");
		awaitFired("FailoverNoWriter");
		awaitFired("FailoverRequestsHeld");
		awaitFired("FailoverNodeDown", "node", "primary");
		awaitFired("FailoverNotReady");
		awaitFired("FailoverRouteChanged", "from", "primary", "to", "none", "cause", "node-lost");
		awaitQuery("sum(increase(failover_changes_total[1m])) > 1", "the promotion");
		assertThat(this.prometheus.query(dashboard("Changes of the route"))).isNotEmpty();
		awaitGone("FailoverNoWriter|FailoverRequestsHeld");
		act("primary/rejoin");
		awaitReady();
		awaitAllGone();
		assertThat(fired("FailoverNoReader")).isEmpty();
	}

	@Test
	void theLossOfBothNodesIsAnAlertOfItsOwn() {
		act("mirror/kill");
		awaitFired("FailoverNodeDown", "node", "mirror");
		assertThat(fired("FailoverNoWriter")).isEmpty();
		act("primary/kill");
		awaitFired("FailoverNoReader");
		awaitFired("FailoverNoWriter");
		act("primary/restart");
		act("mirror/restart");
		awaitReady();
		awaitAllGone();
	}

	@Test
	void aPasswordThatIsRefusedIsAnAlertOnceNoConnectionIsLeft() throws Exception {
		String alter = "alter role " + this.pair.username() + " password '";
		// the pool notices by its requests that its sessions have ended
		this.client.post("/demo/load/start");
		try (Connection connection = this.pair.primary().connect();
				Statement statement = connection.createStatement()) {
			statement.execute(alter + "rotated'");
			try {
				statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
						+ this.pair.username() + "'");
				awaitFired("FailoverNoLogin");
				awaitFired("FailoverNodeImpaired", "node", "primary");
			}
			finally {
				statement.execute(alter + this.pair.password() + "'");
			}
		}
		awaitReady();
		awaitAllGone();
	}

	/** A firewall that lets open connections be, or a listener that has died. */
	@Test
	void connectionsThatAreRefusedAreAnAlertOnceNoneIsLeft() throws Exception {
		try (Connection connection = this.pair.primary().connect();
				Statement statement = connection.createStatement()) {
			act("primary/refuse");
			statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
					+ this.pair.username() + "' and application_name <> 'failover-probe'");
			this.client.post("/demo/load/start");
			awaitFired("FailoverNoLogin");
			awaitFired("FailoverNodeImpaired", "node", "primary");
			String detail = failover("$.conditions[0].detail");
			assertThat(detail).contains("lets nobody open another one", "open connections work on, new ones fail");
			assertThat(this.client.get("/actuator/health").status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		}
		finally {
			act("primary/heal");
		}
		awaitReady();
		awaitGone("FailoverNoLogin|FailoverNodeImpaired");
	}

	@Test
	void anExhaustedPoolIsAnAlert() throws Exception {
		try (Connection connection = this.pair.primary().connect();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("lock table orders in access exclusive mode");
			this.client.post("/demo/load/start");
			awaitFired("FailoverPoolExhausted", "pool", "primary");
			connection.rollback();
		}
		awaitGone("FailoverPoolExhausted");
	}

	@Test
	void slowProbesAreAnAlert() {
		act("mirror/delay");
		awaitFired("FailoverProbesSlow", "node", "mirror");
		act("mirror/heal");
		awaitGone("FailoverProbesSlow");
	}

	@Test
	void aPauseAndARefusedOperationAreAlertsOfTheirOwn() {
		operate("""
				{"action": "pause"}""", HttpStatus.OK);
		awaitFired("FailoverPausedTooLong");
		awaitFired("FailoverNotReady");
		operate("""
				{"action": "resume"}""", HttpStatus.OK);
		operate("""
				{"action": "switchover", "target": "primary"}""", HttpStatus.CONFLICT);
		awaitFired("FailoverOperationFailed", "action", "switchover", "outcome", "refused");
		awaitAllGone();
	}

	private static String dashboard(String title) {
		return DashboardQuery.all()
			.stream()
			.filter((query) -> query.panel().equals(title))
			.findFirst()
			.orElseThrow()
			.resolved()
			.replace("[10s]", "[1m]");
	}

	/**
	 * Returns the alerts that have fired since the server was started.
	 */
	private List<Map<String, String>> fired(String alerts) {
		return this.prometheus.query("max_over_time(ALERTS{alertstate=\"firing\",alertname=~\"" + alerts + "\"}[10m])");
	}

	private void awaitFired(String alert, String... labels) {
		await(alert).atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(fired(alert)).anySatisfy((found) -> {
			assertThat(found).containsEntry("job", "orders");
			for (int i = 0; i < labels.length; i += 2) {
				assertThat(found).containsEntry(labels[i], labels[i + 1]);
			}
		}));
	}

	/**
	 * Waits until no alert is left, except for findings, which depend on the machine.
	 */
	private void awaitAllGone() {
		awaitGone("Failover.*\",alertname!=\"FailoverFindings");
	}

	private void awaitGone(String alerts) {
		await(alerts + " gone").atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(this.prometheus.query("ALERTS{alertname=~\"" + alerts + "\"}")).isEmpty());
	}

	private void awaitQuery(String query, String what) {
		await(what).atMost(Duration.ofMinutes(1)).until(() -> !this.prometheus.query(query).isEmpty());
	}

	private void awaitReady() {
		await("ready").atMost(Duration.ofMinutes(1)).until(() -> failover("$.ready"));
	}

	private <T> T failover(String path) {
		return this.client.get("/actuator/failover").at(path);
	}

	private void act(String nodeAndAction) {
		Answer answer = this.client.post("/demo/nodes/" + nodeAndAction);
		assertThat(answer.status()).as(answer.body()).isEqualTo(HttpStatus.OK);
	}

	private void operate(String operation, HttpStatus status) {
		Answer answer = this.client.post("/actuator/failover", operation);
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
	}

}
