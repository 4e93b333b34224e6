package dev.failover.it;

import java.util.Arrays;
import java.util.stream.Stream;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of what changes the schema when the application starts: it writes where writes
 * go, as the user of the application or as one of its own.
 */
class MigrationTests {

	private static final String OWNER = "select tableowner from pg_tables where tablename = 'migrated'";

	/** Creates the user of the migrations, whose tables the application may use. */
	private static final String[] ROLE = { "create role migrations superuser login password 'other'",
			"alter default privileges for role migrations grant all on tables to public" };

	@ParameterizedTest
	@EnumSource
	void anApplicationStartsWithoutItsPrimaryIfTheSchemaIsUpToDateAndMigratesOnlyAfterAPromotion(Tool tool) {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			try (Application application = Application.start(pair, tool.first())) {
				application.awaitReady();
			}
			pair.primary().kill();
			try (Application application = Application.start(pair, tool.first())) {
				assertThat(application.state().route().mode()).isEqualTo(Mode.READ_ONLY);
				assertThat(count(application)).isZero();
			}
			assertThatException().isThrownBy(() -> Application.start(pair, tool.later()).close())
				.withStackTraceContaining("read-only transaction");
			pair.mirror().promote();
			try (Application application = Application.start(pair, tool.later())) {
				application.jdbc().update("insert into migrated (id, name) values (1, 'late')");
				assertThat(count(application)).isOne();
			}
		}
	}

	@Tag("long")
	@ParameterizedTest
	@EnumSource
	void aUserOfItsOwnDoesTheSame(Tool tool) throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			ServerSql.execute(pair.primary(), ROLE);
			try (Application application = Application.start(pair, tool.asOwnUser(tool.first()))) {
				application.awaitReady();
				assertThat(owner(application)).isEqualTo("migrations");
			}
			pair.primary().kill();
			try (Application application = Application.start(pair, tool.asOwnUser(tool.first()))) {
				assertThat(application.state().route().mode()).isEqualTo(Mode.READ_ONLY);
			}
			assertThatException().isThrownBy(() -> Application.start(pair, tool.asOwnUser(tool.later())).close())
				.withStackTraceContaining("read-only transaction");
			pair.mirror().promote();
			try (Application application = Application.start(pair, tool.asOwnUser(tool.later()))) {
				application.jdbc().update("insert into migrated (id, name) values (1, 'late')");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aUserOfItsOwnMigratesTheServerThatWasPromoted(Tool tool) throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			ServerSql.execute(pair.primary(), ROLE);
			pair.primary().kill();
			pair.mirror().promote();
			try (Application application = Application.start(pair, tool.asOwnUser(tool.first()))) {
				assertThat(owner(application)).isEqualTo("migrations");
			}
		}
	}

	@Tag("long")
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void scriptsAtStartWriteWhereWritesGoAndFailTheStartWhileNoNodeAcceptsThem(boolean ownUser) throws Exception {
		String[] properties = scripts(ownUser);
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			ServerSql.execute(pair.primary(), ROLE);
			try (Application application = Application.start(pair, properties)) {
				application.awaitReady();
				assertThat(owner(application)).isEqualTo(ownUser ? "migrations" : pair.username());
			}
			pair.primary().kill();
			assertThatException().isThrownBy(() -> Application.start(pair, properties).close())
				.withStackTraceContaining("read-only transaction");
			pair.mirror().promote();
			try (Application application = Application.start(pair, properties)) {
				application.jdbc().update("insert into migrated (id, name) values (1, 'late')");
			}
		}
	}

	private static String[] scripts(boolean ownUser) {
		Stream<String> scripts = Stream.of("spring.sql.init.mode=always",
				"spring.sql.init.schema-locations=classpath:db/init.sql");
		Stream<String> user = ownUser
				? Stream.of("spring.sql.init.username=migrations", "spring.sql.init.password=other") : Stream.empty();
		return Stream.concat(scripts, user).toArray(String[]::new);
	}

	private static String owner(Application application) {
		return String.valueOf(application.jdbc().queryForObject(OWNER, String.class));
	}

	private static int count(Application application) {
		Integer count = application.jdbc().queryForObject("select count(*) from migrated", Integer.class);
		return (count != null) ? count : -1;
	}

	/**
	 * Tools that migrate a schema.
	 */
	enum Tool {

		FLYWAY("spring.flyway", "baseline-on-migrate=false", "locations=classpath:db/migration",
				"locations=classpath:db/migration,classpath:db/later"),

		LIQUIBASE("spring.liquibase", "change-log=classpath:db/changelog.sql", "contexts=first", "contexts=later");

		private final String prefix;

		private final String common;

		private final String first;

		private final String later;

		Tool(String prefix, String common, String first, String later) {
			this.prefix = prefix;
			this.common = common;
			this.first = first;
			this.later = later;
		}

		/**
		 * Returns properties that create the table.
		 */
		String[] first() {
			return properties("enabled=true", this.common, this.first);
		}

		/**
		 * Returns properties that create the table and add a column.
		 */
		String[] later() {
			return properties("enabled=true", this.common, this.later);
		}

		/**
		 * Adds the user of the migrations.
		 */
		String[] asOwnUser(String... properties) {
			return Stream
				.concat(Arrays.stream(properties), Arrays.stream(properties("user=migrations", "password=other")))
				.toArray(String[]::new);
		}

		private String[] properties(String... names) {
			return Arrays.stream(names).map((name) -> this.prefix + "." + name).toArray(String[]::new);
		}

	}

}
