package dev.failover.dialect.mysql;

import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings.Remark;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.internal.socket.mariadb.MariaDbSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MariaDbDriverSettings}.
 */
final class MariaDbDriverSettingsTests extends MySqlProtocolSettingsTests {

	MariaDbDriverSettingsTests() {
		super(new MariaDbDriverSettings(), "jdbc:mariadb", MariaDbSocketFactory.class);
	}

	@Test
	void theFactoryOfTheEngineTakesThePlaceOfTheOneOfTheUrl() {
		Properties properties = new Properties();
		properties.setProperty("socketfactory", "com.example.G");
		SocketFactorySettings settings = this.driver
			.socketFactory(this.url + "?SocketFactory=com.example.F&useCompression=true", properties)
			.orElseThrow();
		assertThat(settings.jdbcUrl()).isEqualTo(this.url + "?useCompression=true");
		assertThat(settings.properties()).containsEntry("socketFactory", settings.factory())
			.containsEntry(SocketFactorySettings.DELEGATE, "com.example.F")
			.hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "'jdbc:mariadb://db1,db2/orders', WARNING", "'jdbc:mariadb:sequential://db1,db2/orders', WARNING",
			"'jdbc:mariadb:replication://db1,db2/orders', REFUSED",
			"'jdbc:mariadb:loadbalance://db1,db2/orders', REFUSED",
			"'jdbc:mariadb:load-balance://db1,db2/orders', REFUSED",
			"'jdbc:mariadb:failover://address=(host=db1)(port=3307),address=(host=db2)/orders', REFUSED" })
	void saysWhatTheDriverDoesWithSeveralServers(String url, Remark.Kind kind) {
		assertThat(new MariaDbDriverSettings().remarks(url, new Properties())).extracting(Remark::kind)
			.containsExactly(kind);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mariadb://db1/orders", "jdbc:mariadb:sequential://db1/orders",
			"jdbc:mariadb://address=(host=db1)(port=3307)/orders" })
	void hasNothingToSayAboutOneServer(String url) {
		assertThat(new MariaDbDriverSettings().remarks(url, new Properties())).isEmpty();
	}

}
