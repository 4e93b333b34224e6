package dev.failover.it;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of credentials that a provider of HikariCP hands out and rotates.
 */
class CredentialsTests {

	@Test
	void probesLogInWithThePasswordThatTheProviderHandsOutAtThatMoment() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			ServerSql.execute(pair.primary(), "create role vault login password 'first'", "grant pg_monitor to vault");
			RotatingProvider.password = "first";
			try (Application application = Application.start(pair, "spring.datasource.username=vault",
					"spring.datasource.password=outdated",
					"spring.datasource.hikari.credentials-provider-class-name=" + RotatingProvider.class.getName())) {
				application.awaitReady();
				assertThat(application.conditions()).isEmpty();
				ServerSql.execute(pair.primary(), "alter role vault password 'second'");
				RotatingProvider.password = "second";
				ServerSql.terminateSessions(pair.primary(), "usename = 'vault'");
				application.await("work after the rotation", () -> works(application));
				application.awaitReady();
				assertThat(application.conditions()).extracting(Condition::kind).doesNotContain(Kind.IMPAIRED);
				assertThat(application.state().changes()).hasSize(1);
			}
		}
	}

	private static boolean works(Application application) {
		try {
			return "vault".equals(application.jdbc().queryForObject("select current_user", String.class));
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Provider that HikariCP creates, one for each pool.
	 */
	public static final class RotatingProvider implements HikariCredentialsProvider {

		private static volatile String password = "";

		@Override
		public Credentials getCredentials() {
			return Credentials.of("vault", password);
		}

	}

}
