package dev.failover.dialect.postgresql;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Properties;

import dev.failover.dialect.DriverTimeouts;
import dev.failover.dialect.Preflight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresDriverSettingsTests {

	private final Preflight preflight = new PostgresDriverSettings();

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
		assertThat(this.preflight.servers(url)).extracting((server) -> server.getHostString() + ":" + server.getPort())
			.containsExactly(servers.split(","));
		assertThat(this.preflight.servers(url)).allMatch(InetSocketAddress::isUnresolved);
	}

	@Test
	void readsTimeoutsOfTheUrlBeforeThoseOfTheProperties() {
		Properties properties = new Properties();
		properties.setProperty("connectTimeout", "10");
		properties.put("socketTimeout", 5);
		assertThat(
				this.preflight.timeouts("jdbc:postgresql://db1/orders?connectTimeout=3&loginTimeout=1.5", properties))
			.isEqualTo(new DriverTimeouts(Duration.ofSeconds(3), Duration.ofMillis(1_500), Duration.ofSeconds(5)));
	}

	@Test
	void whatIsNotSetOrNoNumberIsUnset() {
		assertThat(this.preflight.timeouts("jdbc:postgresql://db1/orders?connectTimeout=soon&loginTimeout",
				new Properties()))
			.isEqualTo(DriverTimeouts.UNSET);
	}

	@Test
	void aDialectThatTellsNothingIsNoHarm() {
		assertThat(Preflight.NONE.servers("jdbc:any:")).isEmpty();
		assertThat(Preflight.NONE.timeouts("jdbc:any:", new Properties())).isEqualTo(DriverTimeouts.UNSET);
	}

}
