package dev.failover.it.library;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Applications that use libraries: one with Spring's transaction manager for JDBC, one
 * with that for JPA.
 */
public enum LibraryApplication {

	JDBC(LibraryConfiguration.class), JPA(JpaConfiguration.class);

	private final Class<?> configuration;

	LibraryApplication(Class<?> configuration) {
		this.configuration = configuration;
	}

	/**
	 * Returns the libraries that the application uses.
	 */
	List<LibraryWork> works() {
		return Arrays.stream(LibraryWork.values()).filter((work) -> work.application() == this).toList();
	}

	/**
	 * Creates the tables of all libraries.
	 */
	public static void createTables(EmbeddedPair pair) throws SQLException {
		ResourceDatabasePopulator tables = new ResourceDatabasePopulator(Stream
			.of("org/springframework/session/jdbc/schema-postgresql.sql",
					"org/springframework/integration/jdbc/schema-postgresql.sql",
					"org/quartz/impl/jdbcjobstore/tables_postgres.sql",
					"org/springframework/modulith/events/jdbc/schemas/v2/schema-postgresql.sql",
					"dev/failover/it/library/tables.sql")
			.map(ClassPathResource::new)
			.toArray(ClassPathResource[]::new));
		try (Connection connection = DriverManager.getConnection(pair.primary().jdbcUrl(), pair.username(),
				pair.password())) {
			tables.populate(connection);
		}
	}

	/**
	 * Starts the application on a pair that has the tables, and waits until it is ready.
	 */
	public Application start(EmbeddedPair pair, String... properties) {
		Application application = launch(pair, properties);
		application.awaitReady();
		return application;
	}

	/**
	 * Starts the application on a pair that has the tables.
	 */
	public Application launch(EmbeddedPair pair, String... properties) {
		return Application.startWith(this.configuration, pair,
				Stream.concat(
						Stream.of("spring.autoconfigure.exclude=",
								"spring.datasource.hikari.maximum-pool-size=" + (works().size() + 10),
								"spring.quartz.job-store-type=jdbc", "spring.quartz.jdbc.initialize-schema=never",
								"spring.quartz.auto-startup=false",
								"spring.quartz.properties.org.quartz.jobStore.driverDelegateClass="
										+ PostgreSQLDelegate.class.getName(),
								"spring.jpa.hibernate.ddl-auto=update",
								"spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
								"spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create"),
						Arrays.stream(properties))
					.toArray(String[]::new));
	}

}
