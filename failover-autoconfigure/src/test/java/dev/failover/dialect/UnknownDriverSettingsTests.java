package dev.failover.dialect;

import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownDriverSettings}.
 */
final class UnknownDriverSettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jdbc:mysql://db1:3306/orders?password=s3cret           | db1:3306/orders
			jdbc:sqlserver://db1:1433;databaseName=orders          | db1:1433
			jdbc:oracle:thin:app/s3cret@//db1:1521/orders          | db1:1521/orders
			jdbc:h2:mem:orders                                     | orders
			jdbc:db2://db1:50000/orders:password=s3cret;           | db1:50000/orders
			jdbc:teradata://db1/USER=app,PASSWORD=s3cret           | db1
			jdbc:mysql://app:s3cret@db1/orders                     | db1/orders
			jdbc:any://db1:1/orders?password=s3cret                | db1:1/orders
			jdbc:any://app:s3cret@db1:1/orders                     | db1:1/orders
			jdbc:any:thin:app/s3cret@//db1:1/orders                | db1:1/orders
			jdbc:any://db1:1;database=orders;pwd=s3cret            | db1:1
			any://app:s3cret@db1/orders                            | db1/orders
			jdbc:any:1                                             | 1
			""")
	void addressHasNoCredential(String url, String address) {
		assertThat(JdbcDriverSettings.UNKNOWN.address(url)).isEqualTo(address);
	}

	@Test
	void hasNoServersAndNoTimeouts() {
		assertThat(JdbcDriverSettings.UNKNOWN.servers("jdbc:any:")).isEmpty();
		assertThat(JdbcDriverSettings.UNKNOWN.timeouts("jdbc:any:", new Properties()))
			.isEqualTo(JdbcDriverSettings.Timeouts.UNSET);
	}

}
