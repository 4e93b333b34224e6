package dev.failover.sample;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the endpoint's MBean with a client that is connected over RMI.
 */
@ServiceTest
final class JmxTests {

	private static final String NAME = "org.springframework.boot:type=Endpoint,name=Failover";

	@LocalServerPort
	private int port;

	@Autowired
	private Operator operator;

	private JMXConnectorServer server;

	private JMXConnector client;

	private MBeanServerConnection beans;

	@BeforeEach
	@SuppressWarnings("BanJNDI") // connects to this process
	void connect() throws Exception {
		Client http = new Client(this.port);
		if (!"NORMAL".equals(http.get("/actuator/failover").at("$.mode"))) {
			http.post("/demo/nodes/primary/promote");
		}
		await("ready").atMost(Duration.ofSeconds(30)).until(() -> http.get("/actuator/failover").at("$.ready"));
		this.server = JMXConnectorServerFactory.newJMXConnectorServer(new JMXServiceURL("service:jmx:rmi://"), null,
				ManagementFactory.getPlatformMBeanServer());
		this.server.start();
		this.client = JMXConnectorFactory.connect(this.server.getAddress());
		this.beans = this.client.getMBeanServerConnection();
	}

	@AfterEach
	void disconnect() throws IOException {
		this.client.close();
		this.server.stop();
	}

	@Test
	void eachOperationHasADescriptionAndNamedParameters() throws Exception {
		List<MBeanOperationInfo> operations = List.of(this.beans.getMBeanInfo(new ObjectName(NAME)).getOperations());
		assertThat(operations.stream().map(JmxTests::signature)).containsExactlyInAnyOrder("failover()",
				"switchover(String target, Boolean force)", "failback()", "pause()", "resume()",
				"drill(String fault, String duration)");
		assertThat(operations.stream()
			.flatMap((operation) -> Stream.concat(Stream.of(operation.getDescription()),
					Arrays.stream(operation.getSignature()).map(MBeanParameterInfo::getDescription))))
			.allSatisfy((description) -> assertThat(description).contains(" ").doesNotStartWith("Invoke"));
	}

	@Test
	void theStateIsReadAsPlainValues() throws Exception {
		Map<?, ?> state = invoke("failover");
		assertThat(state.get("mode")).isEqualTo("NORMAL");
		assertThat(state.get("detectionBudget")).isEqualTo("PT1.75S");
		assertThat(JsonPath.<String>read(state, "$.nodes.mirror.role")).isEqualTo("READ_ONLY");
		assertThat(JsonPath.<String>read(state, "$.route.since")).endsWith("Z");
	}

	@Test
	void anOperationReturnsTheStateAndIsAudited() throws Exception {
		int before = this.operator.auditEvents().size();
		try {
			assertThat(invoke("pause").get("automatic")).isEqualTo(false);
		}
		finally {
			assertThat(invoke("resume").get("automatic")).isEqualTo(true);
		}
		List<AuditEvent> events = this.operator.auditEvents().subList(before, this.operator.auditEvents().size());
		assertThat(events).hasSize(4).extracting(AuditEvent::getPrincipal).containsOnly("jmx");
	}

	@Test
	void aSwitchoverMovesWritesAndAFailbackReturnsThem() throws Exception {
		assertThat(invoke("switchover", "mirror", null).get("mode")).isEqualTo("FAILED_OVER");
		await("ready").atMost(Duration.ofSeconds(30)).until(() -> (Boolean) invoke("failover").get("ready"));
		assertThat(invoke("failback").get("mode")).isEqualTo("NORMAL");
		await("ready").atMost(Duration.ofSeconds(30)).until(() -> (Boolean) invoke("failover").get("ready"));
	}

	@Test
	void aDrillReturnsItsReport() throws Exception {
		assertThat(invoke("drill", "read-only", "1s")).asString().contains("fault=read-only", "timeToDetect=PT");
		await("ready").atMost(Duration.ofSeconds(30)).until(() -> (Boolean) invoke("failover").get("ready"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					switchover | primary   | IllegalStateException    | already
					switchover | elsewhere | IllegalArgumentException | The target 'elsewhere' is unknown; use one of primary, mirror
					switchover |           | IllegalArgumentException | The parameter 'target' is missing
					drill      | explode   | IllegalArgumentException | The fault 'explode' is unknown; use one of refuse, freeze, read-only
					""")
	void aRefusalHasTheReason(String operation, @Nullable String parameter, String type, String reason) {
		assertThatExceptionOfType(MBeanException.class).isThrownBy(() -> invoke(operation, parameter, null))
			.havingCause()
			.satisfies((cause) -> assertThat(cause.getClass().getSimpleName()).isEqualTo(type))
			.withMessageContaining(reason)
			.withNoCause();
	}

	private Map<?, ?> invoke(String operation, @Nullable Object... parameters) throws Exception {
		String[] types = new String[parameters.length];
		Arrays.fill(types, String.class.getName());
		return (Map<?, ?>) this.beans.invoke(new ObjectName(NAME), operation, parameters, types);
	}

	private static String signature(MBeanOperationInfo operation) {
		return operation.getName() + Arrays.stream(operation.getSignature())
			.map((parameter) -> parameter.getType().replaceFirst(".*\\.", "") + " " + parameter.getName())
			.toList()
			.toString()
			.replace('[', '(')
			.replace(']', ')');
	}

}
