package dev.failover.dialect.mysql;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MySqlProtocolSettings}, with each driver.
 */
abstract class MySqlProtocolSettingsTests {

	final JdbcDriverSettings driver;

	final String url;

	private final String scheme;

	private final Class<?> ownSocketFactory;

	MySqlProtocolSettingsTests(JdbcDriverSettings driver, String scheme, Class<?> ownSocketFactory) {
		this.driver = driver;
		this.scheme = scheme;
		this.url = scheme + "://db1/orders";
		this.ownSocketFactory = ownSocketFactory;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			://DB1/orders?user=a          | db1:3306/orders
			://db1:3307/orders            | db1:3307/orders
			://db1,db2:3307/orders        | db1:3306,db2:3307/orders
			:replication://db1,db2/orders | db1:3306,db2:3306/orders
			://[::1]:3307/orders          | [::1]:3307/orders
			://db1                        | db1:3306
			""")
	void theAddressNamesHostPortAndDatabase(String rest, String address) {
		assertThat(this.driver.address(this.scheme + rest)).isEqualTo(address);
		assertThat(this.driver.servers(this.scheme + rest)).isNotEmpty().allMatch(InetSocketAddress::isUnresolved);
	}

	@Test
	void aServerThatIsDescribedByItsPropertiesIsUnknown() {
		assertThat(this.driver.servers(this.scheme + "://address=(host=db1)(port=3307)/orders")).isEmpty();
	}

	@Test
	void timeoutsAreInMilliseconds() {
		Properties properties = new Properties();
		properties.put("socketTimeout", 1_500);
		assertThat(this.driver.timeouts(this.url + "?connecttimeout=3000", properties))
			.isEqualTo(new JdbcDriverSettings.Timeouts(Duration.ofSeconds(3), null, Duration.ofMillis(1_500), null));
		assertThat(this.driver.timeouts(this.url + "?connectTimeout=soon", new Properties()))
			.isEqualTo(JdbcDriverSettings.Timeouts.UNSET);
	}

	@Test
	void boundsConnectingWhereTheUrlDoesNot() {
		assertThat(this.driver.connectProperties(this.url, Duration.ofSeconds(3))).containsEntry("connectTimeout",
				"3000");
		assertThat(this.driver.connectProperties(this.url + "?connectTimeout=7", Duration.ofSeconds(3))).isEmpty();
	}

	@Test
	void anAbandonedLoginEndsAfterTheDeadline() {
		assertThat(this.driver.probeProperties(this.url, Duration.ofSeconds(1))).containsEntry("connectTimeout", "3000")
			.containsEntry("socketTimeout", "3000");
	}

	@Test
	void theFactoryOfTheEngineCreatesSockets() {
		SocketFactorySettings settings = this.driver.socketFactory(this.url, new Properties()).orElseThrow();
		assertThat(settings.factory()).isEqualTo(this.ownSocketFactory.getName());
		assertThat(settings.jdbcUrl()).isEqualTo(this.url);
		assertThat(settings.properties()).containsEntry("socketFactory", settings.factory()).hasSize(1);
	}

}
