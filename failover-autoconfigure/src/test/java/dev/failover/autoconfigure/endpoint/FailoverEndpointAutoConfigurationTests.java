package dev.failover.autoconfigure.endpoint;

import java.util.List;

import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Operation;
import dev.failover.StubFailover;
import dev.failover.actuator.FailoverEndpoint;
import dev.failover.FailoverStateFixture;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.doctor.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FailoverEndpointAutoConfiguration}.
 */
class FailoverEndpointAutoConfigurationTests {

	private static final String NORMAL = """
			{
			  "mode": "NORMAL",
			  "route": {"writes": "primary", "reads": ["primary"], "epoch": 1, "since": "2026-11-22T10:00:00Z", "cause": "startup"},
			  "automatic": true,
			  "ready": true,
			  "conditions": [],
			  "operation": null,
			  "detectionBudget": "PT1.75S",
			  "nodes": {
			    "primary": {"address": "primary.example:1/orders", "server": "Database 18.1",
			                "state": "UP", "role": "WRITABLE", "since": "2026-11-22T10:00:00Z", "breaker": "CLOSED",
			                "lastProbe": {"at": "2026-11-22T10:00:05.125Z", "took": "PT0.001S", "verdict": "UP", "error": null},
			                "history": "7423900012345678901/1",
			                "pool": {"active": 1, "idle": 9, "total": 10, "max": 10, "waiting": 0}},
			    "mirror":  {"address": "mirror.example:1/orders", "server": "Database 18.1",
			                "state": "UP", "role": "READ_ONLY", "since": "2026-11-22T10:00:00Z", "breaker": "CLOSED",
			                "lastProbe": {"at": "2026-11-22T10:00:05.125Z", "took": "PT0.001S", "verdict": "UP", "error": null},
			                "history": "7423900012345678901/1",
			                "pool": {"active": 1, "idle": 9, "total": 10, "max": 10, "waiting": 0},
			                "replication": {"verified": true, "lag": "PT0.004S", "behind": 0, "unit": "bytes",
			                                "sampledAt": "2026-11-22T10:00:05.125Z", "synchronous": true}}
			  },
			  "changes": [{"epoch": 1, "at": "2026-11-22T10:00:00Z", "mode": "NORMAL", "from": null, "to": "primary",
			               "cause": "startup", "evidence": "primary is WRITABLE", "detection": null, "abortedConnections": 0}],
			  "findings": []
			}
			""";

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
				WebMvcAutoConfiguration.class, EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
				JacksonEndpointAutoConfiguration.class, ManagementContextAutoConfiguration.class,
				ServletManagementContextAutoConfiguration.class, FailoverEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=failover");

	@Test
	void answersWithTheDocumentedJson() {
		withState(FailoverStateFixture.normal()).run((context) -> assertThat(get(context)).hasStatusOk()
			.bodyJson()
			.isEqualTo(NORMAL, JsonCompareMode.STRICT));
	}

	@Test
	void keepsTheDocumentedOrderOfFields() {
		withState(FailoverStateFixture.normal()).run((context) -> assertThat(get(context)).bodyText()
			.containsSubsequence("\"mode\"", "\"route\"", "\"writes\"", "\"reads\"", "\"epoch\"", "\"since\"",
					"\"cause\"", "\"automatic\"", "\"ready\"", "\"conditions\"", "\"operation\"", "\"detectionBudget\"",
					"\"nodes\"", "\"primary\":{\"address\"", "\"server\"", "\"state\"", "\"role\"", "\"since\"",
					"\"breaker\"", "\"lastProbe\":{\"at\"", "\"took\"", "\"verdict\"", "\"error\"", "\"history\"",
					"\"pool\":{\"active\"", "\"idle\"", "\"total\"", "\"max\"", "\"waiting\"", "\"mirror\":{",
					"\"replication\":{\"verified\"", "\"lag\"", "\"behind\"", "\"unit\"", "\"sampledAt\"",
					"\"synchronous\"", "\"changes\":[{\"epoch\"", "\"at\"", "\"mode\"", "\"from\"", "\"to\"",
					"\"findings\""));
	}

	@Test
	void jacksonPropertiesOfTheApplicationDoNotChangeTheJson() {
		withState(FailoverStateFixture.normal())
			.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE",
					"spring.jackson.datatype.datetime.write-durations-as-timestamps=true",
					"spring.jackson.default-property-inclusion=non-null")
			.run((context) -> assertThat(get(context)).bodyJson().isEqualTo(NORMAL, JsonCompareMode.STRICT));
	}

	@Test
	void showsALostNode() {
		withState(FailoverStateFixture.readOnly()).run((context) -> assertThat(get(context)).bodyJson()
			.isLenientlyEqualTo(
					"""
							{
							  "mode": "READ_ONLY", "ready": false, "conditions": [{"condition": "DOWN", "node": "primary", "since": "2026-11-22T10:00:00Z",
							                  "detail": "It does not answer"}],
							  "route": {"writes": null, "reads": ["mirror"]},
							  "nodes": {"primary": {"state": "DOWN", "role": "UNKNOWN", "breaker": "OPEN", "history": null}},
							  "changes": [{"epoch": 2, "mode": "READ_ONLY", "from": "primary", "to": null, "cause": "node-lost",
							               "detection": "PT0.042S", "abortedConnections": 3}]
							}
							"""));
	}

	@Test
	void showsTheOperationUnderWay() {
		Operation operation = new Operation(Operation.Action.DRILL, FailoverStateFixture.PRIMARY, "freeze for PT10S",
				"alice", FailoverStateFixture.PROBED);
		withState(FailoverStateFixture.normal().withOperation(operation))
			.run((context) -> assertThat(get(context)).bodyJson().isLenientlyEqualTo("""
					{"operation": {"action": "drill", "target": "primary", "detail": "freeze for PT10S",
					               "operator": "alice", "since": "2026-11-22T10:00:05.125Z"}}
					"""));
	}

	@Test
	void showsThatNothingIsServedWhilePausedOnALostNode() {
		withState(FailoverStateFixture.pausedOnLostPrimary())
			.run((context) -> assertThat(get(context)).bodyJson().isLenientlyEqualTo("""
					{"mode": "UNAVAILABLE", "automatic": false, "route": {"writes": "primary"},
					 "conditions": [{"condition": "DOWN", "node": "primary"}, {"condition": "PAUSED", "node": null}]}
					"""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{}                                              | The parameter 'action' is missing; use one of switchover, failback
					{"action": "explode"}                           | The action 'explode' is unknown
					{"action": "switchover"}                        | The parameter 'target' is missing; use one of primary, mirror
					{"action": "switchover", "target": 1}           | The target '1' is unknown; use one of primary, mirror
					{"action": "switchover", "target": "mirror", "force": "maybe"} | The force 'maybe' is unknown; use one of true, false
					{"action": "drill"}                             | The parameter 'fault' is missing; use one of refuse, freeze, read-only
					{"action": "drill", "fault": "freeze"}          | The parameter 'duration' is missing
					{"action": "drill", "fault": "freeze", "duration": "-5s"}  | The duration '-5s' is not positive
					{"action": "drill", "fault": "freeze", "duration": "soon"} | The duration 'soon' cannot be read
					{"action": "drill", "fault": "freeze", "duration": true}   | The duration 'true' cannot be read
					""")
	void aMalformedRequestIsAnsweredWithTheReason(String body, String detail) {
		withUnrestrictedAccess().run((context) -> {
			MvcTestResult answer = post(context, body);
			assertThat(answer).hasStatus(400);
			assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains(detail);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"action\": {\"pause\": true}}", "{\"action\": [\"pause\"]}", "[]", "{" })
	void aBodyThatIsNotAnObjectOfPlainValuesIsRefused(String body) {
		withUnrestrictedAccess().run((context) -> assertThat(post(context, body)).hasStatus(400));
	}

	@Test
	void aHugeActionIsTruncatedInTheAnswer() {
		withUnrestrictedAccess().run((context) -> {
			MvcTestResult answer = post(context, "{\"action\": \"\\u202e" + "x".repeat(3_000_000) + "\"}");
			assertThat(answer).hasStatus(400);
			assertThat(answer).bodyText().hasSizeLessThan(300).contains("'?" + "x".repeat(49) + "...'");
		});
	}

	@Test
	void aRefusedOperationIsAnsweredWithTheReason() {
		withUnrestrictedAccess().run((context) -> {
			MvcTestResult answer = post(context, "{\"action\": \"pause\"}");
			assertThat(answer).hasStatus(409);
			assertThat(answer).bodyJson().isEqualTo("""
					{"title": "Refused", "status": 409, "detail": "A stub carries out nothing"}
					""", JsonCompareMode.STRICT);
		});
	}

	@Test
	void operationsNeedUnrestrictedAccess() {
		withState(FailoverStateFixture.normal())
			.run((context) -> assertThat(post(context, "{\"action\": \"pause\"}")).hasStatus(405));
	}

	@Test
	void endsWithTheFindingsOfTheDoctor() {
		Finding finding = new Finding("pool-smaller", Finding.Severity.WARNING, FailoverStateFixture.MIRROR,
				"It is smaller.", "Make it larger.");
		withState(FailoverStateFixture.normal()).withBean(Doctor.class, () -> doctorWith(finding))
			.run((context) -> assertThat(get(context)).bodyText().endsWith("""
					"findings":[{"id":"pool-smaller","severity":"WARNING","node":"mirror",\
					"problem":"It is smaller.","remedy":"Make it larger."}]}"""));
	}

	private static Doctor doctorWith(Finding finding) {
		Doctor doctor = mock();
		given(doctor.findings()).willReturn(List.of(finding));
		return doctor;
	}

	@Test
	void showsNoCredentialAndNoUrl() {
		withState(FailoverStateFixture.readOnly()).run((context) -> assertThat(get(context)).bodyText()
			.contains("08006: login of app with password=***", "jdbc:*** refused")
			.doesNotContain("s3cret", "://"));
	}

	@Test
	void answersBeforeTheFirstProbe() {
		withState(FailoverStateFixture.undecided())
			.run((context) -> assertThat(get(context)).hasStatusOk().bodyJson().isLenientlyEqualTo("""
					{
					  "mode": "UNAVAILABLE", "route": {"writes": null, "reads": [], "epoch": 0}, "changes": [],
					  "nodes": {"mirror": {"state": "UNKNOWN", "lastProbe": null, "history": null}}
					}
					"""));
	}

	@Test
	void isAbsentUnlessExposed() {
		withState(FailoverStateFixture.normal()).withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverEndpoint.class));
	}

	@Test
	void isAbsentWithoutFailover() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(FailoverEndpoint.class));
	}

	private WebApplicationContextRunner withState(FailoverState state) {
		return this.contextRunner.withBean(Failover.class, () -> new StubFailover(() -> state));
	}

	private WebApplicationContextRunner withUnrestrictedAccess() {
		return withState(FailoverStateFixture.normal())
			.withPropertyValues("management.endpoint.failover.access=UNRESTRICTED");
	}

	private static MvcTestResult post(AssertableWebApplicationContext context, String body) {
		return MockMvcTester.from(context)
			.post()
			.uri("/actuator/failover")
			.contentType(MediaType.APPLICATION_JSON)
			.content(body)
			.exchange();
	}

	private static MvcTestResult get(AssertableWebApplicationContext context) {
		return MockMvcTester.from(context)
			.get()
			.uri("/actuator/failover")
			.accept(MediaType.APPLICATION_JSON)
			.exchange();
	}

}
