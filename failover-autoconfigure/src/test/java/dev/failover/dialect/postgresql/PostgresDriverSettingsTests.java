package dev.failover.dialect.postgresql;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.JdbcDriverSettings.Remark;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.internal.socket.postgresql.PostgresSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PostgresDriverSettings}.
 */
class PostgresDriverSettingsTests {

	private final JdbcDriverSettings driver = new PostgresDriverSettings();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jdbc:postgresql://db1:5433/orders?user=a  | db1:5433
			jdbc:postgresql://db1/orders              | db1:5432
			jdbc:postgresql://db1,db2:6432/orders     | db1:5432,db2:6432
			jdbc:postgresql://[::1]:5433/orders       | [::1]:5433
			jdbc:postgresql:orders                    | localhost:5432
			jdbc:postgresql:///orders                 | localhost:5432
			jdbc:postgresql://db1?ssl=true            | db1:5432
			""")
	void namesTheServersOfAUrl(String url, String servers) {
		assertThat(this.driver.servers(url)).extracting((server) -> server.getHostString() + ":" + server.getPort())
			.containsExactly(servers.split(","));
		assertThat(this.driver.servers(url)).allMatch(InetSocketAddress::isUnresolved);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jdbc:postgresql://db1:5433/orders?user=a          | db1:5433/orders
			jdbc:postgresql://DB1/orders                      | db1:5432/orders
			jdbc:postgresql://db1,db2:6432/orders             | db1:5432,db2:6432/orders
			jdbc:postgresql://db1:5432/orders/                | db1:5432/orders
			jdbc:postgresql://:5432/orders                    | localhost:5432/orders
			jdbc:postgresql://[::1]/orders                    | [::1]:5432/orders
			jdbc:postgresql:orders                            | localhost:5432/orders
			jdbc:postgresql:///orders?password=secret         | localhost:5432/orders
			jdbc:postgresql://alice:secret@db1/orders         | db1:5432/orders
			jdbc:postgresql://db1                             | db1:5432
			""")
	void theAddressNamesHostPortAndDatabaseAndNoSecret(String url, String address) {
		assertThat(this.driver.address(url)).isEqualTo(address);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			?targetServerType=primary              | ?targetServerType=secondary
			?targetServerType=primary              | ''
			?loadBalanceHosts=true                 | ''
			?host=db3                              | ?host=db4
			?PGPORT=5433                           | ''
			?service=orders                        | ?service=copy
			?socketFactory=F&cloudSqlInstance=p:r:a | ?socketFactory=F&cloudSqlInstance=p:r:b
			?socketFactory=F&socketFactoryArg=a    | ?socketFactory=F&socketFactoryArg=b
			""")
	void parametersThatSelectAServerDistinguishUrls(String one, String other) {
		assertThat(selection(one)).isNotEqualTo(selection(other));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			?user=a&password=b&ssl=true            | ?ApplicationName=orders
			?targetServerType=any                  | ''
			?targetServerType=master               | ?targetServerType=primary
			?targetServerType=preferSlave          | ?targetServerType=preferSecondary
			?loadBalanceHosts=false                | ''
			?socketFactory=F&x=1&user=a&password=a | ?x=1&user=b&password=b&socketFactory=F
			""")
	void otherParametersDoNotDistinguishUrls(String one, String other) {
		assertThat(selection(one)).isEqualTo(selection(other));
	}

	@Test
	void aServerCanBeSelectedByDataSourceProperties() {
		Properties properties = new Properties();
		properties.setProperty("targetServerType", "secondary");
		assertThat(this.driver.serverSelection("jdbc:postgresql://db1,db2/orders", properties))
			.isEqualTo(selection("?targetServerType=secondary"));
	}

	private Map<String, String> selection(String parameters) {
		return this.driver.serverSelection("jdbc:postgresql://db1,db2/orders" + parameters, new Properties());
	}

	@Test
	void readsTimeoutsOfTheUrlBeforeThoseOfTheProperties() {
		Properties properties = new Properties();
		properties.setProperty("connectTimeout", "10");
		properties.put("socketTimeout", 5);
		properties.setProperty("cancelSignalTimeout", "0");
		assertThat(this.driver.timeouts("jdbc:postgresql://db1/orders?connectTimeout=3&loginTimeout=1.5", properties))
			.isEqualTo(new JdbcDriverSettings.Timeouts(Duration.ofSeconds(3), Duration.ofMillis(1_500),
					Duration.ofSeconds(5), Duration.ZERO));
	}

	@Test
	void aTimeoutThatIsMissingOrNotANumberIsUnset() {
		assertThat(
				this.driver.timeouts("jdbc:postgresql://db1/orders?connectTimeout=soon&loginTimeout", new Properties()))
			.isEqualTo(JdbcDriverSettings.Timeouts.UNSET);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			''                                              | ''                         | none
			?ssl=true                                       | ?ssl=true                  | none
			?socketFactory=com.example.F                    | ''                         | com.example.F
			?socketFactory=com.example.F&socketFactoryArg=a | ?socketFactoryArg=a        | com.example.F
			?ssl=true&socketFactory=com.example.F&user=a    | ?ssl=true&user=a           | com.example.F
			?socketFactory&socketFactoryArg=a               | ?socketFactoryArg=a        | ''
			""")
	void theFactoryOfTheEngineCreatesSocketsWithTheOneOfTheUrl(String parameters, String rest, @Nullable String own) {
		assertThat(socketFactory(parameters, new Properties())).hasValueSatisfying((settings) -> {
			assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql://db1/orders" + rest);
			assertThat(settings.properties().getProperty("socketFactory")).isEqualTo(settings.factory())
				.isEqualTo(PostgresSocketFactory.class.getName());
			assertThat(settings.properties().getProperty(SocketFactorySettings.DELEGATE)).isEqualTo(own);
		});
	}

	@Test
	void theFactoryOfTheEngineCreatesSocketsWithTheOneOfTheProperties() {
		Properties properties = new Properties();
		properties.setProperty("socketFactory", "com.example.F");
		properties.setProperty("socketFactoryArg", "a");
		assertThat(socketFactory("?socketFactory=com.example.G", properties).orElseThrow().properties())
			.containsEntry(SocketFactorySettings.DELEGATE, "com.example.G");
		assertThat(socketFactory("", properties).orElseThrow().properties())
			.containsEntry(SocketFactorySettings.DELEGATE, "com.example.F")
			.containsEntry("socketFactoryArg", "a");
		assertThat(properties).containsEntry("socketFactory", "com.example.F");
	}

	@Test
	void aServiceKeepsTheSocketFactoryThatItsFileMayName() {
		assertThat(socketFactory("?service=orders", new Properties())).isEmpty();
	}

	private Optional<SocketFactorySettings> socketFactory(String parameters, Properties properties) {
		return this.driver.socketFactory("jdbc:postgresql://db1/orders" + parameters, properties);
	}

	@ParameterizedTest
	@CsvSource({ "'jdbc:postgresql://db1,db2/orders', 1", "'jdbc:postgresql://db1,db2/orders?targetServerType=any', 1",
			"'jdbc:postgresql://db1,db2/orders?targetServerType=preferSecondary', 1",
			"'jdbc:postgresql://db1,db2/orders?targetServerType=secondary&loadBalanceHosts=true', 1",
			"'jdbc:postgresql://db1,db2/orders?targetServerType=primary&loadBalanceHosts=true', 0",
			"'jdbc:postgresql://db1,db2/orders?targetServerType=master', 0",
			"'jdbc:postgresql://db1,db2/orders?targetServerType=secondary', 0", "jdbc:postgresql://db1/orders, 0" })
	void saysIfTheConnectionsOfOnePoolCanLeadToDifferentServers(String url, int remarks) {
		assertThat(new PostgresDriverSettings().remarks(url, new Properties())).hasSize(remarks)
			.allSatisfy((remark) -> assertThat(remark.kind()).isEqualTo(Remark.Kind.WARNING));
	}

}
