package dev.failover.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of the manifests in {@code docs/kubernetes}: each field exists in the schemas of
 * Kubernetes and of the Prometheus operator and has a value of its type.
 */
final class KubernetesManifestsTests {

	private static final Path FOLDER = Path.of("..", "docs", "kubernetes");

	private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of("apps/v1 Deployment",
			Deployment.class, "v1 Service", Service.class, "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
			"monitoring.coreos.com/v1 PodMonitor", PodMonitor.class, "monitoring.coreos.com/v1 PrometheusRule",
			PrometheusRule.class);

	private static final ObjectMapper STRICT = JsonMapper.builder()
		.annotationIntrospector(new NoUnknownFields())
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.withCoercionConfig(LogicalType.Textual,
				(config) -> Stream.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
					.forEach((shape) -> config.setCoercion(shape, CoercionAction.Fail)))
		.build();

	@Test
	void eachFieldExistsAndHasAValueOfItsType() throws IOException {
		assertThat(read(file("orders.yaml"))).hasSize(4);
		assertThat(read(file("failover-rules.yaml"))).singleElement().isInstanceOf(PrometheusRule.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			orders.yaml         | failureThreshold: 60 | failureTreshold: 60
			orders.yaml         | periodSeconds: 5     | periodSeconds: soon
			orders.yaml         | value: "8081"        | value: 8081
			orders.yaml         | preStop:             | prestop:
			orders.yaml         | policy/v1            | policy/v1beta1
			orders.yaml         | podMetricsEndpoints: | endpoints:
			failover-rules.yaml | severity: critical   | severity: 1
			failover-rules.yaml | expr: >-             | query: >-
			""")
	void aMistakeIsFound(String file, String right, String wrong) throws IOException {
		String text = file(file);
		assertThat(text).contains(right);
		assertThatIllegalArgumentException().isThrownBy(() -> read(text.replace(right, wrong)));
	}

	@Test
	void aRequestThatTheProcessAcceptedMayEndBeforeItIsKilled() throws IOException {
		PodSpec pod = deployment().getSpec().getTemplate().getSpec();
		Container container = pod.getContainers().get(0);
		long pause = container.getLifecycle().getPreStop().getSleep().getSeconds();
		String requests = container.getEnv()
			.stream()
			.filter((variable) -> variable.getName().equals("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE"))
			.findFirst()
			.orElseThrow()
			.getValue();
		assertThat(requests).matches("\\d+s");
		assertThat(pod.getTerminationGracePeriodSeconds())
			.isGreaterThan(pause + Long.parseLong(requests.replace("s", "")));
	}

	@Test
	void whatNamesPodsAndPortsFindsThem() throws IOException {
		Deployment deployment = deployment();
		Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
		Container container = deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
		List<String> ports = container.getPorts().stream().map(ContainerPort::getName).toList();
		Service service = only(Service.class);
		PodMonitor monitor = only(PodMonitor.class);
		assertThat(List.of(deployment.getSpec().getSelector().getMatchLabels(), service.getSpec().getSelector(),
				only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels(),
				monitor.getSpec().getSelector().getMatchLabels()))
			.containsOnly(labels);
		assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
			.map(KubernetesManifestsTests::port)).isSubsetOf(ports);
		assertThat(service.getSpec().getPorts()).extracting((port) -> port.getTargetPort().getStrVal())
			.isSubsetOf(ports);
		assertThat(monitor.getSpec().getPodMetricsEndpoints()).extracting((endpoint) -> endpoint.getPort())
			.isSubsetOf(ports);
	}

	private static String port(Probe probe) {
		return probe.getHttpGet().getPort().getStrVal();
	}

	private static Deployment deployment() throws IOException {
		return only(Deployment.class);
	}

	private static <T> T only(Class<T> type) throws IOException {
		return read(file("orders.yaml")).stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
	}

	private static String file(String name) throws IOException {
		return Files.readString(FOLDER.resolve(name));
	}

	/**
	 * Reads resources strictly.
	 * @throws IllegalArgumentException if a kind or a field does not exist, or has
	 * another type
	 */
	private static List<HasMetadata> read(String yaml) {
		List<HasMetadata> resources = new ArrayList<>();
		for (Object document : new Yaml().loadAll(yaml)) {
			Map<?, ?> resource = (Map<?, ?>) document;
			Class<? extends HasMetadata> kind = KINDS.get(resource.get("apiVersion") + " " + resource.get("kind"));
			if (kind == null) {
				throw new IllegalArgumentException("No such kind: " + resource);
			}
			resources.add(Objects.requireNonNull(STRICT.convertValue(resource, kind)));
		}
		return resources;
	}

	/**
	 * Makes the models refuse fields that they would keep otherwise.
	 */
	private static final class NoUnknownFields extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public Boolean hasAnySetter(Annotated annotated) {
			return false;
		}

	}

}
