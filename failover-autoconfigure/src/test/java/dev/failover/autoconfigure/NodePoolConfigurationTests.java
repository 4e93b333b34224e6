package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.failover.Failover;
import dev.failover.Node;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolConfigurations}.
 */
final class NodePoolConfigurationTests {

	private final ApplicationContextRunner mirrored = FailoverContextRunners.withMirror();

	@Test
	void connectionDetailsOverrideProperties() {
		this.mirrored.withBean(MirrorConnectionDetails.class, () -> details("jdbc:postgresql://127.0.0.1:3/orders"))
			.withBean(JdbcConnectionDetails.class, NodePoolConfigurationTests::primaryDetails)
			.run((context) -> {
				assertThat(pool(context, "primary").getJdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:4/orders");
				assertThat(pool(context, "mirror").getJdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:3/orders");
				assertThat(pool(context, "mirror").getUsername()).isEqualTo("container");
			});
	}

	@Test
	void theMirrorInheritsCredentialsAndPoolSettings() {
		this.mirrored
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=7",
					"spring.datasource.hikari.data-source-properties.reWriteBatchedInserts=true")
			.run((context) -> {
				HikariDataSource pool = pool(context, "mirror");
				assertThat(pool.getUsername()).isEqualTo("app");
				assertThat(pool.getPassword()).isEqualTo("s3cret");
				assertThat(pool.getDriverClassName()).isEqualTo("org.postgresql.Driver");
				assertThat(size(context, new Node("mirror"))).isEqualTo(7);
				assertThat(pool.getConnectionTimeout()).isEqualTo(300);
				assertThat(pool.getDataSourceProperties()).containsEntry("reWriteBatchedInserts", "true");
			});
	}

	@Test
	void theMirrorInheritsCredentialsOfThePool() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/orders",
					"spring.datasource.hikari.username=app", "spring.datasource.hikari.password=s3cret",
					"failover.mirror.url=jdbc:postgresql://127.0.0.1:2/orders")
			.run((context) -> {
				assertThat(pool(context, "primary").getUsername()).isEqualTo("app");
				assertThat(pool(context, "mirror").getUsername()).isEqualTo("app");
				assertThat(pool(context, "mirror").getPassword()).isEqualTo("s3cret");
			});
	}

	@Test
	void theMirrorInheritsTheCredentialsProviderUnlessItHasCredentials() {
		ApplicationContextRunner provided = this.mirrored.withPropertyValues(
				"spring.datasource.hikari.credentials-provider-class-name=" + FixedProvider.class.getName());
		provided.run((context) -> {
			assertThat(pool(context, "primary").getCredentialsProvider()).isInstanceOf(FixedProvider.class);
			assertThat(pool(context, "mirror").getCredentialsProvider()).isInstanceOf(FixedProvider.class);
		});
		provided.withPropertyValues("failover.mirror.username=reader", "failover.mirror.password=other")
			.run((context) -> {
				assertThat(pool(context, "mirror").getCredentialsProvider()).isNull();
				assertThat(pool(context, "mirror").getUsername()).isEqualTo("reader");
			});
	}

	@Test
	void settingsOfTheMirrorOverrideThoseOfThePrimary() {
		this.mirrored
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=7", "failover.mirror.username=reader",
					"failover.mirror.password=other", "failover.mirror.hikari.maximum-pool-size=3")
			.run((context) -> {
				HikariDataSource pool = pool(context, "mirror");
				assertThat(pool.getUsername()).isEqualTo("reader");
				assertThat(pool.getPassword()).isEqualTo("other");
				assertThat(size(context, new Node("mirror"))).isEqualTo(3);
				assertThat(size(context, ConfiguredNode.PRIMARY.node())).isEqualTo(7);
				assertThat(pool(context, "primary").getUsername()).isEqualTo("app");
			});
	}

	@Test
	void poolsHaveTheNamesOfTheirNodes() {
		this.mirrored.run((context) -> {
			assertThat(pool(context, "primary").getPoolName()).isEqualTo("primary");
			assertThat(pool(context, "mirror").getPoolName()).isEqualTo("mirror");
		});
	}

	@Test
	void keepsAPoolNameOfTheApplication() {
		this.mirrored.withPropertyValues("spring.datasource.hikari.pool-name=orders").run((context) -> {
			assertThat(pool(context, "primary").getPoolName()).isEqualTo("orders");
			assertThat(pool(context, "mirror").getPoolName()).isEqualTo("orders-mirror");
		});
	}

	@Test
	void theNameOfTheDataSourceIsTheNameOfItsPool() {
		this.mirrored.withPropertyValues("spring.datasource.name=orders", "failover.mirror.hikari.pool-name=copy")
			.run((context) -> {
				assertThat(pool(context, "primary").getPoolName()).isEqualTo("orders");
				assertThat(pool(context, "mirror").getPoolName()).isEqualTo("copy");
			});
	}

	private static HikariDataSource pool(AssertableApplicationContext context, String node) {
		return FailoverContextRunners.pool(context, node);
	}

	/**
	 * Returns the configured size: a running pool whose node is lost has one extra slot.
	 */
	private static int size(AssertableApplicationContext context, Node node) {
		return context.getBean(Failover.class).pool(node).max();
	}

	private static MirrorConnectionDetails details(String url) {
		return () -> url;
	}

	private static JdbcConnectionDetails primaryDetails() {
		return new JdbcConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return "jdbc:postgresql://127.0.0.1:4/orders";
			}

			@Override
			public String getUsername() {
				return "container";
			}

			@Override
			public String getPassword() {
				return "s3cret";
			}

		};
	}

	/**
	 * Provider that HikariCP creates.
	 */
	public static final class FixedProvider implements HikariCredentialsProvider {

		@Override
		public Credentials getCredentials() {
			return Credentials.of("vault", "fixed");
		}

	}

}
