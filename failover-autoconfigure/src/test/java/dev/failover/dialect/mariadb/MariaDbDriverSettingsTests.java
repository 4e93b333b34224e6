package dev.failover.dialect.mariadb;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.internal.socket.mariadb.MariaDbSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MariaDbDriverSettings}.
 */
class MariaDbDriverSettingsTests {

	private static final String URL = "jdbc:mariadb://db1/orders";

	private final JdbcDriverSettings driver = new MariaDbDriverSettings();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jdbc:mariadb://DB1/orders?user=a                   | db1:3306/orders
			jdbc:mariadb://db1:3307/orders                     | db1:3307/orders
			jdbc:mariadb://db1,db2:3307/orders                 | db1:3306,db2:3307/orders
			jdbc:mariadb:replication://db1,db2/orders          | db1:3306,db2:3306/orders
			jdbc:mariadb://[::1]:3307/orders                   | [::1]:3307/orders
			jdbc:mariadb://db1                                 | db1:3306
			""")
	void theAddressNamesHostPortAndDatabase(String url, String address) {
		assertThat(this.driver.address(url)).isEqualTo(address);
		assertThat(this.driver.servers(url)).isNotEmpty().allMatch(InetSocketAddress::isUnresolved);
	}

	@Test
	void aServerThatIsDescribedByItsPropertiesIsUnknown() {
		assertThat(this.driver.servers("jdbc:mariadb://address=(host=db1)(port=3307)/orders")).isEmpty();
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
		assertThat(settings.factory()).isEqualTo(MariaDbSocketFactory.class.getName());
		assertThat(settings.jdbcUrl()).isEqualTo(URL);
		assertThat(settings.properties()).containsEntry("socketFactory", settings.factory()).hasSize(1);
	}

	@Test
	void theFactoryOfTheEngineTakesThePlaceOfTheOneOfTheUrl() {
		Properties properties = new Properties();
		properties.setProperty("socketfactory", "com.example.G");
		SocketFactorySettings settings = this.driver
			.socketFactory(URL + "?SocketFactory=com.example.F&useCompression=true", properties)
			.orElseThrow();
		assertThat(settings.jdbcUrl()).isEqualTo(URL + "?useCompression=true");
		assertThat(settings.properties()).containsEntry("socketFactory", settings.factory())
			.containsEntry(SocketFactorySettings.DELEGATE, "com.example.F")
			.hasSize(2);
	}

}
