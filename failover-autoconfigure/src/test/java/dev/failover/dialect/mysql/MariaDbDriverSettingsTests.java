package dev.failover.dialect.mysql;

import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.internal.socket.mariadb.MariaDbSocketFactory;
import org.junit.jupiter.api.Test;

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

}
