package dev.failover.it;

import java.sql.SQLException;
import java.util.List;

import dev.failover.Condition.Kind;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.doctor.Finding;
import dev.failover.internal.doctor.Finding.Severity;
import dev.failover.internal.doctor.Doctor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the findings of the doctor on a real pair.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorTests {

	/** Causes a finding of severity INFO, which shows that an examination is over. */
	private static final String EXAMINED = "spring.datasource.hikari.data-source-properties.connectTimeout=2";

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();

	@Test
	void aHealthySynchronousPairHasNoWarnings() {
		try (Application application = Application.start(this.pair, EXAMINED)) {
			await(application, "connect-timeout-long on primary");
			assertThat(warnings(application)).isEmpty();
		}
	}

	@Test
	void aSmallerPoolOnTheMirrorIsFound() {
		try (Application application = Application.start(this.pair, "failover.mirror.hikari.maximum-pool-size=3")) {
			await(application, "pool-smaller on mirror");
			assertThat(warnings(application)).containsExactly("pool-smaller on mirror");
		}
	}

	@Test
	void aWrongPasswordForTheMirrorIsFound() {
		try (Application application = Application.start(this.pair, "failover.mirror.password=wrong")) {
			await(application, "login-refused on mirror");
			assertThat(warnings(application)).containsExactly("login-refused on mirror");
			assertThat(application.bean(Doctor.class).findings().get(0).problem()).contains("28P01")
				.doesNotContain("wrong");
		}
	}

	@Test
	void aMirrorUrlThatPointsToThePrimaryIsFound() {
		try (Application application = Application.start(this.pair,
				"failover.mirror.url=" + this.pair.primary().directJdbcUrl())) {
			await(application, "same-server on mirror");
		}
	}

	/**
	 * Replication works; only the schema shows that the URL names another database. The
	 * second examination, which confirms it, takes place when the mirror has returned.
	 */
	@Test
	void aMirrorUrlThatNamesAnotherDatabaseIsFound() throws SQLException {
		ServerSql.execute(this.pair.primary(), "create database other owner " + this.pair.username());
		try (Application application = Application.start(this.pair, EXAMINED,
				"failover.mirror.url=" + this.pair.mirror().jdbcUrl().replace("/" + this.pair.database(), "/other"))) {
			application.jdbc()
				.execute("create table flyway_schema_history (installed_rank int primary key,"
						+ " version varchar(50), checksum int, success boolean)");
			application.jdbc().update("insert into flyway_schema_history values (1, '1', 17, true)");
			await(application, "connect-timeout-long on primary");
			this.pair.mirror().kill();
			application.awaitCondition(Kind.DOWN, "mirror");
			this.pair.mirror().start();
			await(application, "schema-differs on mirror");
			application.jdbc().execute("drop table flyway_schema_history");
		}
	}

	@Test
	void missingGrantsAreFoundAndOnceGrantedAsynchronousReplication() throws SQLException {
		try (EmbeddedPair other = EmbeddedPair.builder().grantMonitoring(false).start()) {
			try (Application application = Application.start(other)) {
				await(application, "missing-grants on primary");
				assertThat(warnings(application)).containsExactly("missing-grants on primary",
						"missing-grants on mirror");
			}
			ServerSql.execute(other.primary(), "grant pg_monitor to " + other.username());
			try (Application application = Application.start(other)) {
				await(application, "asynchronous-replication on mirror");
				assertThat(warnings(application)).containsExactly("asynchronous-replication on mirror");
			}
		}
	}

	private static void await(Application application, String finding) {
		application.await(finding,
				() -> application.bean(Doctor.class)
					.findings()
					.stream()
					.map(DoctorTests::label)
					.anyMatch(finding::equals));
	}

	private static List<String> warnings(Application application) {
		return application.bean(Doctor.class)
			.findings()
			.stream()
			.filter((finding) -> finding.severity() == Severity.WARNING)
			.map(DoctorTests::label)
			.toList();
	}

	private static String label(Finding finding) {
		return finding.id() + " on " + finding.node();
	}

}
