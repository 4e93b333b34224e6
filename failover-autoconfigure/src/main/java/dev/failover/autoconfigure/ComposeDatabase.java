package dev.failover.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.util.StringUtils;

/**
 * Database products whose images are known in a file of Docker Compose: the names of
 * their images, their ports, and the variables that name the database.
 */
enum ComposeDatabase {

	POSTGRESQL("postgres", "postgresql", 5432,
			List.of("POSTGRES_DB", "POSTGRESQL_DATABASE", "POSTGRES_USER", "POSTGRESQL_USERNAME")),

	MARIADB("mariadb", "mariadb", 3306, List.of("MARIADB_DATABASE", "MYSQL_DATABASE")),

	MYSQL("mysql", "mysql", 3306, List.of("MYSQL_DATABASE"));

	private static final String PARAMETERS_LABEL = "org.springframework.boot.jdbc.parameters";

	private final String image;

	private final String protocol;

	private final int port;

	private final List<String> variables;

	ComposeDatabase(String image, String protocol, int port, List<String> variables) {
		this.image = image;
		this.protocol = protocol;
		this.port = port;
		this.variables = variables;
	}

	/**
	 * Returns the product of a service.
	 * @throws FailoverConfigurationException if its image is not known
	 */
	static ComposeDatabase of(RunningService service) {
		return Arrays.stream(values())
			.filter((database) -> service.image().getName().contains(database.image))
			.findFirst()
			.orElseThrow(() -> new FailoverConfigurationException(
					"The service '" + service.name() + "' of Docker Compose has the label of a mirror, but its image '"
							+ service.image() + "' is none of a known database.",
					"Set '" + ConfiguredNode.MIRROR_PREFIX + ".url', and the label "
							+ "'org.springframework.boot.ignore' for the service."));
	}

	/**
	 * Returns the URL of a service.
	 * @throws FailoverConfigurationException if its environment names no database
	 */
	String jdbcUrl(RunningService service) {
		String url = "jdbc:" + this.protocol + "://" + service.host() + ":" + service.ports().get(this.port) + "/"
				+ database(service);
		String parameters = service.labels().get(PARAMETERS_LABEL);
		return StringUtils.hasLength(parameters) ? url + "?" + parameters : url;
	}

	private String database(RunningService service) {
		return this.variables.stream()
			.map((variable) -> service.env().get(variable))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new FailoverConfigurationException(
					"The environment of the service '" + service.name()
							+ "' of Docker Compose, which has the label of a mirror, names no database.",
					"Set '" + this.variables.get(0) + "' as for the primary."));
	}

}
