package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.failover.ErrorClass;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DriverProbeConnector}: each login of a probe has the credentials that
 * a login of the pool has at that moment.
 */
final class DriverProbeConnectorTests {

	private final StubServer server = new StubServer();

	private final HikariConfig config = new HikariConfig();

	private volatile String provided = "first";

	DriverProbeConnectorTests() {
		this.config.setJdbcUrl(this.server.url());
		this.config.setDriverClassName(StubDriver.class.getName());
		this.config.setUsername("user");
		this.config.setPassword("configured");
		this.config.setMinimumIdle(0);
		this.config.setInitializationFailTimeout(-1);
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void logsInWithTheCredentialsOfTheProvider() throws SQLException {
		this.config.setCredentialsProvider(() -> Credentials.of("user", this.provided));
		try (HikariDataSource pool = new HikariDataSource(this.config)) {
			assertThatBothLogInWith("first", pool);
			this.provided = "second";
			assertThatBothLogInWith("second", pool);
		}
	}

	@Test
	void logsInWithTheCredentialsOfAProviderThatIsConfiguredByItsClass() throws SQLException {
		this.config.setCredentialsProviderClassName(FixedProvider.class.getName());
		try (HikariDataSource pool = new HikariDataSource(this.config)) {
			assertThatBothLogInWith("fixed", pool);
		}
	}

	@Test
	void logsInWithThePasswordThatAnOperatorHasSet() throws SQLException {
		try (HikariDataSource pool = new HikariDataSource(this.config)) {
			assertThatBothLogInWith("configured", pool);
			pool.getHikariConfigMXBean().setPassword("rotated");
			assertThatBothLogInWith("rotated", pool);
		}
	}

	@Test
	void aProviderThatFailsIsARefusedLogin() {
		this.config.setCredentialsProvider(() -> {
			throw new IllegalStateException("the vault is sealed");
		});
		assertThatALoginIsRefused("the vault is sealed");
	}

	@Test
	@SuppressWarnings("NullAway")
	void aProviderWithoutCredentialsIsARefusedLogin() {
		this.config.setCredentialsProvider(() -> null);
		assertThatALoginIsRefused("it returned no credentials");
	}

	private void assertThatALoginIsRefused(String reason) {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> connector(this.config).open(new ConnectionSockets()))
			.withMessageContaining(reason)
			.satisfies((failure) -> assertThat(new ErrorClassification(List.of(new StubDialect())).classify(failure))
				.isEqualTo(ErrorClass.UNAUTHORIZED));
		assertThat(this.server.connects()).isZero();
	}

	private void assertThatBothLogInWith(String password, HikariDataSource pool) throws SQLException {
		this.server.requirePassword(password);
		if (pool.getHikariPoolMXBean() != null) {
			pool.getHikariPoolMXBean().softEvictConnections();
		}
		try (Connection pooled = pool.getConnection();
				Connection probed = connector(pool).open(new ConnectionSockets())) {
			assertThat(pooled.isWrapperFor(probed.getClass())).isTrue();
		}
	}

	private static DriverProbeConnector connector(HikariConfig config) {
		return new DriverProbeConnector(config, new StubDialect(), Duration.ofSeconds(1));
	}

	/**
	 * Provider that HikariCP creates.
	 */
	public static final class FixedProvider implements HikariCredentialsProvider {

		@Override
		public Credentials getCredentials() {
			return Credentials.of("user", "fixed");
		}

	}

}
