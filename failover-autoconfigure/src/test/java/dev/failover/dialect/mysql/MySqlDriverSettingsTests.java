package dev.failover.dialect.mysql;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.internal.socket.mysql.MySqlSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MySqlDriverSettings}.
 */
class MySqlDriverSettingsTests {

	private static final String URL = "jdbc:mysql://db1/orders";

	private final JdbcDriverSettings driver = new MySqlDriverSettings();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jdbc:mysql://DB1/orders?user=a                   | db1:3306/orders
			jdbc:mysql://db1:3307/orders                     | db1:3307/orders
			jdbc:mysql://db1,db2:3307/orders                 | db1:3306,db2:3307/orders
			jdbc:mysql:replication://db1,db2/orders          | db1:3306,db2:3306/orders
			jdbc:mysql://[::1]:3307/orders                   | [::1]:3307/orders
			jdbc:mysql://db1                                 | db1:3306
			""")
	void theAddressNamesHostPortAndDatabase(String url, String address) {
		assertThat(this.driver.address(url)).isEqualTo(address);
		assertThat(this.driver.servers(url)).isNotEmpty().allMatch(InetSocketAddress::isUnresolved);
	}

	@Test
	void aServerThatIsDescribedByItsPropertiesIsUnknown() {
		assertThat(this.driver.servers("jdbc:mysql://address=(host=db1)(port=3307)/orders")).isEmpty();
	}

	@Test
	void timeoutsAreInMilliseconds() {
		Properties properties = new Properties();
		properties.put("socketTimeout", 1_500);
		assertThat(this.driver.timeouts(URL + "?connecttimeout=3000", properties))
			.isEqualTo(new JdbcDriverSettings.Timeouts(Duration.ofSeconds(3), null, Duration.ofMillis(1_500), null));
		assertThat(this.driver.timeouts(URL + "?connectTimeout=soon", new Properties()))
			.isEqualTo(JdbcDriverSettings.Timeouts.UNSET);
	}

	@Test
	void boundsConnectingWhereTheUrlDoesNot() {
		assertThat(this.driver.connectProperties(URL, Duration.ofSeconds(3))).containsEntry("connectTimeout", "3000");
		assertThat(this.driver.connectProperties(URL + "?connectTimeout=7", Duration.ofSeconds(3))).isEmpty();
	}

	@Test
	void anAbandonedLoginEndsAfterTheDeadline() {
		assertThat(this.driver.probeProperties(URL, Duration.ofSeconds(1))).containsEntry("connectTimeout", "3000")
			.containsEntry("socketTimeout", "3000");
	}

	@Test
	void theFactoryOfTheEngineCreatesSockets() {
		SocketFactorySettings settings = this.driver.socketFactory(URL, new Properties()).orElseThrow();
		assertThat(settings.factory()).isEqualTo(MySqlSocketFactory.class.getName());
		assertThat(settings.jdbcUrl()).isEqualTo(URL);
		assertThat(settings.properties()).containsEntry("socketFactory", settings.factory()).hasSize(1);
	}

	@Test
	void theFactoryOfTheEngineTakesThePlaceOfTheOneOfTheProperties() {
		Properties properties = new Properties();
		properties.setProperty("socketfactory", "com.example.G");
		String url = URL + "?SocketFactory=com.example.F&useCompression=true";
		SocketFactorySettings settings = this.driver.socketFactory(url, properties).orElseThrow();
		assertThat(settings.jdbcUrl()).isEqualTo(url);
		assertThat(settings.properties()).containsEntry("socketFactory", settings.factory())
			.containsEntry(SocketFactorySettings.DELEGATE, "com.example.G")
			.hasSize(2);
		assertThat(this.driver.socketFactory(url, new Properties()).orElseThrow().properties())
			.containsEntry(SocketFactorySettings.DELEGATE, "com.example.F");
	}

	@ParameterizedTest
	@ValueSource(strings = { URL + "?protocol=PIPE", "jdbc:mysql://address=(protocol=pipe)(path=x)/orders",
			URL + "?socketFactory=com.mysql.cj.protocol.NamedPipeSocketFactory",
			"jdbc:mysql://(host=db1,socketFactory=com.example.F)/orders" })
	void pipesAndFactoriesOfSingleServersAreLeftAlone(String url) {
		assertThat(this.driver.socketFactory(url, new Properties())).isEmpty();
	}

}
