package dev.failover.it;

import java.sql.SQLException;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of Flyway, which migrates through the write route when the application starts.
 */
class MigrationTests {

	private static final String FLYWAY = "spring.flyway.enabled=true";

	private static final String LATER = "spring.flyway.locations=classpath:db/migration,classpath:db/later";

	@Test
	void anApplicationStartsWithoutItsPrimaryIfTheSchemaIsUpToDateAndMigratesOnlyAfterAPromotion() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			try (Application application = Application.start(pair, FLYWAY)) {
				application.awaitReady();
			}
			pair.primary().kill();
			try (Application application = Application.start(pair, FLYWAY)) {
				assertThat(application.state().route().mode()).isEqualTo(Mode.READ_ONLY);
				assertThat(count(application)).isZero();
			}
			assertThatException().isThrownBy(() -> Application.start(pair, FLYWAY, LATER).close())
				.withStackTraceContaining("read-only transaction");
			pair.mirror().promote();
			try (Application application = Application.start(pair, FLYWAY, LATER)) {
				application.jdbc().update("insert into migrated (id, name) values (1, 'late')");
				assertThat(count(application)).isOne();
			}
		}
	}

	@Test
	void flywayWithAUserOfItsOwnMigratesTheServerThatWasPromoted() throws SQLException {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			ServerSql.execute(pair.primary(), "create role migrations superuser login password 'other'");
			pair.primary().kill();
			pair.mirror().promote();
			try (Application application = Application.start(pair, FLYWAY, "spring.flyway.user=migrations",
					"spring.flyway.password=other")) {
				assertThat(application.jdbc()
					.queryForObject("select tableowner from pg_tables where tablename = 'migrated'", String.class))
					.isEqualTo("migrations");
			}
		}
	}

	private static int count(Application application) {
		Integer count = application.jdbc().queryForObject("select count(*) from migrated", Integer.class);
		return (count != null) ? count : -1;
	}

}
