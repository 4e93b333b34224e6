package dev.failover.autoconfigure.endpoint;

import java.util.List;

import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.StubFailover;
import dev.failover.actuator.FailoverEndpoint;
import dev.failover.actuator.FailoverStateFixture;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.doctor.Finding;
import org.junit.jupiter.api.Test;

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

class FailoverEndpointAutoConfigurationTests {

	private static final String NORMAL = """
			{
			  "mode": "NORMAL",
			  "route": {"writes": "primary", "reads": "primary", "epoch": 1, "since": "2026-11-22T10:00:00Z", "cause": "startup"},
			  "automatic": true,
			  "ready": true,
			  "conditions": [],
			  "detectionBudget": "PT1.75S",
			  "nodes": {
			    "primary": {"state": "UP", "role": "WRITABLE", "breaker": "CLOSED",
			                "lastProbe": {"at": "2026-11-22T10:00:05.125Z", "took": "PT0.001S", "verdict": "UP", "error": null},
			                "identity": "7423900012345678901/1",
			                "pool": {"active": 1, "idle": 9, "total": 10, "max": 10, "waiting": 0}},
			    "mirror":  {"state": "UP", "role": "READ_ONLY", "breaker": "CLOSED",
			                "lastProbe": {"at": "2026-11-22T10:00:05.125Z", "took": "PT0.001S", "verdict": "UP", "error": null},
			                "identity": "7423900012345678901/1",
			                "pool": {"active": 1, "idle": 9, "total": 10, "max": 10, "waiting": 0},
			                "replication": {"verified": true, "lag": "PT0.004S", "behind": 0,
			                                "sampledAt": "2026-11-22T10:00:05.125Z", "synchronous": true}}
			  },
			  "history": [{"epoch": 1, "at": "2026-11-22T10:00:00Z", "mode": "NORMAL", "from": null, "to": "primary",
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
	void answersWithTheJsonOfTheDesign() {
		showing(FailoverStateFixture.normal()).run((context) -> assertThat(get(context)).hasStatusOk()
			.bodyJson()
			.isEqualTo(NORMAL, JsonCompareMode.STRICT));
	}

	@Test
	void keepsTheOrderOfTheDesign() {
		showing(FailoverStateFixture.normal()).run((context) -> assertThat(get(context)).bodyText()
			.containsSubsequence("\"mode\"", "\"route\"", "\"writes\"", "\"reads\"", "\"epoch\"", "\"since\"",
					"\"cause\"", "\"automatic\"", "\"ready\"", "\"conditions\"", "\"detectionBudget\"", "\"nodes\"",
					"\"primary\":{\"state\"", "\"role\"", "\"breaker\"", "\"lastProbe\":{\"at\"", "\"took\"",
					"\"verdict\"", "\"error\"", "\"identity\"", "\"pool\":{\"active\"", "\"idle\"", "\"total\"",
					"\"max\"", "\"waiting\"", "\"mirror\":{", "\"replication\":{\"verified\"", "\"lag\"",
					"\"history\":[{\"epoch\"", "\"at\"", "\"mode\"", "\"from\"", "\"to\"", "\"findings\""));
	}

	@Test
	void keepsItsJsonWhateverTheApplicationsOwn() {
		showing(FailoverStateFixture.normal())
			.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE",
					"spring.jackson.datatype.datetime.write-durations-as-timestamps=true",
					"spring.jackson.default-property-inclusion=non-null")
			.run((context) -> assertThat(get(context)).bodyJson().isEqualTo(NORMAL, JsonCompareMode.STRICT));
	}

	@Test
	void tellsTheStoryOfALoss() {
		showing(FailoverStateFixture.readOnly())
			.run((context) -> assertThat(get(context)).bodyJson().isLenientlyEqualTo("""
					{
					  "mode": "READ_ONLY", "ready": false, "conditions": ["DOWN of node 'primary'"],
					  "route": {"writes": null, "reads": "mirror"},
					  "nodes": {"primary": {"state": "DOWN", "role": "UNKNOWN", "breaker": "OPEN", "identity": null}},
					  "history": [{"epoch": 2, "mode": "READ_ONLY", "from": "primary", "to": null, "cause": "node-lost",
					               "detection": "PT0.042S", "abortedConnections": 3}]
					}
					"""));
	}

	@Test
	void endsWithWhatTheDoctorFound() {
		Finding finding = new Finding("pool-smaller", Finding.Severity.WARNING, FailoverStateFixture.MIRROR,
				"It is smaller.", "Make it larger.");
		showing(FailoverStateFixture.normal()).withBean(Doctor.class, () -> doctorWith(finding))
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
		showing(FailoverStateFixture.readOnly()).run((context) -> assertThat(get(context)).bodyText()
			.contains("08006: login of app with password=***", "jdbc:*** refused")
			.doesNotContain("s3cret", "://"));
	}

	@Test
	void answersBeforeTheFirstProbe() {
		showing(FailoverStateFixture.undecided())
			.run((context) -> assertThat(get(context)).hasStatusOk().bodyJson().isLenientlyEqualTo("""
					{
					  "mode": "UNAVAILABLE", "route": {"writes": null, "reads": null, "epoch": 0}, "history": [],
					  "nodes": {"mirror": {"state": "UNKNOWN", "lastProbe": null, "identity": null}}
					}
					"""));
	}

	@Test
	void isNotThereUnlessExposed() {
		showing(FailoverStateFixture.normal()).withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverEndpoint.class));
	}

	@Test
	void isNotThereWithoutFailover() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(FailoverEndpoint.class));
	}

	private WebApplicationContextRunner showing(FailoverState state) {
		return this.contextRunner.withBean(Failover.class, () -> new StubFailover(() -> state));
	}

	private static MvcTestResult get(AssertableWebApplicationContext context) {
		return MockMvcTester.from(context)
			.get()
			.uri("/actuator/failover")
			.accept(MediaType.APPLICATION_JSON)
			.exchange();
	}

}
