package dev.failover.dialect.mysql;

import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings.Remark;
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
final class MySqlDriverSettingsTests extends MySqlProtocolSettingsTests {

	private static final String URL = "jdbc:mysql://db1/orders";

	MySqlDriverSettingsTests() {
		super(new MySqlDriverSettings(), "jdbc:mysql", MySqlSocketFactory.class);
	}

	@Test
	void theFactoryOfTheEngineTakesThePlaceOfTheOneOfTheProperties() {
		Properties properties = new Properties();
		properties.setProperty("socketfactory", "com.example.G");
		String url = this.url + "?SocketFactory=com.example.F&useCompression=true";
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

	@ParameterizedTest
	@CsvSource({ "'jdbc:mysql://db1,db2/orders', WARNING", "'jdbc:mysql://(host=db1,port=3307),db2/orders', WARNING",
			"jdbc:mysql+srv://db.example.org/orders, WARNING", "'jdbc:mysql:replication://db1,db2/orders', REFUSED",
			"'jdbc:mysql:loadbalance://db1,db2/orders', REFUSED",
			"jdbc:mysql+srv:replication://db.example.org/orders, REFUSED" })
	void saysWhatTheDriverDoesWithSeveralServers(String url, Remark.Kind kind) {
		assertThat(new MySqlDriverSettings().remarks(url, new Properties())).extracting(Remark::kind)
			.containsExactly(kind);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db1/orders", "jdbc:mysql://(host=db1,port=3307)/orders",
			"jdbc:mysql:loadbalance://db1/orders", "jdbc:mysql://db1/orders?sessionVariables=a=1,b=2" })
	void hasNothingToSayAboutOneServer(String url) {
		assertThat(new MySqlDriverSettings().remarks(url, new Properties())).isEmpty();
	}

}
