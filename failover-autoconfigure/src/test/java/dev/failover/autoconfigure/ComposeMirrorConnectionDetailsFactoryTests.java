package dev.failover.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/**
 * Tests for {@link ComposeMirrorConnectionDetailsFactory} with services that do not run.
 */
final class ComposeMirrorConnectionDetailsFactoryTests {

	private static final String LABEL = "org.springframework.boot.service-connection";

	@ParameterizedTest
	@CsvSource({ "postgres:17, POSTGRES_DB, jdbc:postgresql://127.0.0.1:15432/orders?ssl=true",
			"bitnami/postgresql, POSTGRESQL_DATABASE, jdbc:postgresql://127.0.0.1:15432/orders?ssl=true",
			"postgres, POSTGRES_USER, jdbc:postgresql://127.0.0.1:15432/orders?ssl=true",
			"mariadb:11.4, MARIADB_DATABASE, jdbc:mariadb://127.0.0.1:13306/orders?ssl=true",
			"mariadb, MYSQL_DATABASE, jdbc:mariadb://127.0.0.1:13306/orders?ssl=true",
			"mysql:8, MYSQL_DATABASE, jdbc:mysql://127.0.0.1:13306/orders?ssl=true" })
	void aServiceWithTheLabelOfAMirrorIsTheMirrorOnly(String image, String variable, String url) {
		Map<Class<?>, ConnectionDetails> found = details(
				new StubService(image, Map.of(LABEL, "mirror", "org.springframework.boot.jdbc.parameters", "ssl=true"),
						Map.of(variable, "orders")));
		assertThat(found).containsOnlyKeys(MirrorConnectionDetails.class);
		assertThat(found.get(MirrorConnectionDetails.class)).asInstanceOf(type(MirrorConnectionDetails.class))
			.extracting(MirrorConnectionDetails::getJdbcUrl, MirrorConnectionDetails::getUsername,
					MirrorConnectionDetails::getPassword)
			.containsExactly(url, null, null);
	}

	@Test
	void aServiceWithoutALabelIsThePrimary() {
		assertThat(details(new StubService("postgres", Map.of(), Map.of("POSTGRES_PASSWORD", "s3cret"))))
			.containsKey(JdbcConnectionDetails.class)
			.doesNotContainKey(MirrorConnectionDetails.class);
	}

	@ParameterizedTest
	@CsvSource({ "redis, its image 'docker.io/library/redis', failover.mirror.url",
			"mariadb, names no database, MARIADB_DATABASE" })
	void aServiceThatCannotBeAMirrorIsRefused(String image, String description, String action) {
		assertThatExceptionOfType(FailoverConfigurationException.class)
			.isThrownBy(() -> details(new StubService(image, Map.of(LABEL, "mirror"), Map.of())))
			.withMessageContaining(description)
			.satisfies((ex) -> assertThat(ex.getAction()).contains(action));
	}

	private static Map<Class<?>, ConnectionDetails> details(RunningService service) {
		Object source = BeanUtils.instantiateClass(DockerComposeConnectionSource.class.getDeclaredConstructors()[0],
				service, new MockEnvironment());
		return new ConnectionDetailsFactories(null).getConnectionDetails(source, false);
	}

	/**
	 * Service that does not run. Each port is published as itself plus 10000.
	 */
	private record StubService(String imageName, Map<String, String> labels,
			Map<String, @Nullable String> env) implements RunningService {

		@Override
		public String name() {
			return "db-2";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of(this.imageName);
		}

		@Override
		public String host() {
			return "127.0.0.1";
		}

		@Override
		public ConnectionPorts ports() {
			return new ConnectionPorts() {

				@Override
				public int get(int containerPort) {
					return containerPort + 10000;
				}

				@Override
				public List<Integer> getAll() {
					return List.of();
				}

				@Override
				public List<Integer> getAll(@Nullable String protocol) {
					return List.of();
				}

			};
		}

	}

}
