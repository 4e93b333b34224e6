package dev.failover.dialect.sqlserver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings.Remark;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.dialect.JdbcDriverSettings.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlServerDriverSettings}.
 */
final class SqlServerDriverSettingsTests {

	private static final String URL = "jdbc:sqlserver://db1:1444;databaseName=orders";

	private static final Properties NONE = new Properties();

	private final SqlServerDriverSettings settings = new SqlServerDriverSettings();

	@ParameterizedTest
	@CsvSource({ "jdbc:sqlserver://DB1;databaseName=orders;password=s3cret, db1:1433/orders",
			"jdbc:sqlserver://db1:1444;database=orders, db1:1444/orders", "jdbc:sqlserver://db1, db1:1433",
			"jdbc:sqlserver://db1\\Sales;encrypt=true, db1\\sales",
			"jdbc:sqlserver://db1\\Sales:1444;databaseName=orders, db1:1444/orders",
			"jdbc:sqlserver://;serverName=db1;port=1444;DatabaseName=orders, db1:1444/orders",
			"jdbc:sqlserver://db1;password={a;databaseName=x}}y};databaseName={orders}, db1:1433/orders",
			"jdbc:sqlserver://db1;databaseName=a; databaseName = orders ;, db1:1433/orders",
			"jdbc:sqlserver:, localhost:1433" })
	void tellsHostPortAndDatabase(String url, String address) {
		assertThat(this.settings.address(url)).isEqualTo(address);
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:sqlserver://db1, db1, 1433", "jdbc:sqlserver://db1\\sales:1444, db1, 1444" })
	void tellsTheServer(String url, String host, int port) {
		assertThat(this.settings.servers(url)).containsExactly(InetSocketAddress.createUnresolved(host, port));
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:sqlserver://db1\\sales", "jdbc:sqlserver://db1:port", "jdbc:sqlserver://db1:70000" })
	void tellsNoServerWhosePortIsNotKnown(String url) {
		assertThat(this.settings.servers(url)).isEmpty();
	}

	@Test
	void tellsWhatSelectsAServerBehindTheAddress() {
		assertThat(this.settings.serverSelection(URL + ";applicationIntent=ReadOnly;user=app", NONE))
			.isEqualTo(Map.of("applicationIntent", "readonly"));
		assertThat(this.settings.serverSelection(URL + ";applicationIntent=ReadWrite", NONE)).isEmpty();
		assertThat(this.settings.serverSelection(URL, properties("server", "DB2", "user", "app")))
			.isEqualTo(Map.of("serverName", "db2"));
	}

	/**
	 * A login time-out of zero is the default of the driver; a socket time-out of zero
	 * switches it off.
	 */
	@Test
	void tellsTimeoutsInTheirUnits() {
		assertThat(this.settings.timeouts(URL + ";loginTimeout=5;socketTimeout=1500;cancelQueryTimeout=9", NONE))
			.isEqualTo(new Timeouts(null, Duration.ofSeconds(5), Duration.ofMillis(1500), null));
		assertThat(this.settings.timeouts(URL + ";loginTimeout=0;socketTimeout=0", NONE))
			.isEqualTo(new Timeouts(null, null, Duration.ZERO, null));
		assertThat(this.settings.timeouts(URL + ";loginTimeout=5", properties("LOGINTIMEOUT", "7")).login())
			.isEqualTo(Duration.ofSeconds(7));
		assertThat(this.settings.timeouts(URL + ";loginTimeout=x", NONE)).isEqualTo(Timeouts.UNSET);
	}

	@Test
	void boundsTheLoginOfAProbeAndOfThePool() {
		assertThat(this.settings.probeProperties(URL, Duration.ofSeconds(1))).containsEntry("loginTimeout", "3")
			.containsEntry("socketTimeout", "3000")
			.containsEntry("connectRetryCount", "0");
		assertThat(this.settings.connectProperties(URL, Duration.ofMillis(250)))
			.isEqualTo(Map.of("loginTimeout", "1", "connectRetryCount", "0"));
		assertThat(this.settings.connectProperties(URL + ";LoginTimeout=5;connectRetryCount=2", Duration.ofSeconds(30)))
			.isEmpty();
	}

	/**
	 * HikariCP's connection time-out of 0, which means none, is that long. The driver
	 * refuses to connect with more than 65535 s.
	 */
	@Test
	void boundsTheLoginOfAPoolWithoutATimeoutByWhatTheDriverTakes() {
		assertThat(this.settings.connectProperties(URL, Duration.ofMillis(Integer.MAX_VALUE)))
			.containsEntry("loginTimeout", "65535");
	}

	@Test
	void namesItsSocketFactoryAndHandsTheUsersOwnOver() {
		SocketFactorySettings own = this.settings
			.socketFactory(URL + ";socketFactoryClass=com.acme.Own;socketFactoryConstructorArg=a b",
					properties("user", "app"))
			.orElseThrow();
		assertThat(own.keyProperty()).isEqualTo("socketFactoryConstructorArg");
		assertThat(own.properties()).containsEntry("user", "app")
			.containsEntry("socketFactoryClass", own.factory())
			.containsEntry("socketFactoryConstructorArg", "com.acme.Own a b");
		SocketFactorySettings none = this.settings.socketFactory(URL, NONE).orElseThrow();
		assertThat(none.properties()).doesNotContainKey("socketFactoryConstructorArg");
	}

	@ParameterizedTest
	@CsvSource({ "failoverPartner=db2, failover-partner, WARNING",
			"failoverPartner=db2;multiSubnetFailover=true, failover-partner, REFUSED",
			"failoverPartner=db2;applicationIntent=ReadOnly, failover-partner, REFUSED",
			"applicationIntent=readonly, application-intent, WARNING",
			"multiSubnetFailover=true, multi-subnet-failover, INFO" })
	void saysWhatTheDriverDoesByItself(String parameters, String id, Remark.Kind kind) {
		assertThat(this.settings.remarks(URL + ";" + parameters, NONE)).first()
			.satisfies((remark) -> assertThat(remark.id()).isEqualTo(id))
			.satisfies((remark) -> assertThat(remark.kind()).isEqualTo(kind))
			.satisfies((remark) -> assertThat(remark.problem() + remark.remedy()).doesNotContain("db2", "orders"));
	}

	@Test
	void refusesAPartnerWithoutADatabaseAsTheDriverDoes() {
		List<Remark> remarks = this.settings.remarks("jdbc:sqlserver://db1", properties("failoverPartner", "db2"));
		assertThat(remarks).extracting(Remark::kind).containsExactly(Remark.Kind.REFUSED);
		assertThat(remarks.get(0).problem()).contains("databaseName");
	}

	@ParameterizedTest
	@CsvSource({ "applicationIntent=ReadWrite", "multiSubnetFailover=false",
			"multiSubnetFailover=true;connectRetryCount=0" })
	void hasNothingToSayAboutUrlsThatAreFine(String parameters) {
		assertThat(this.settings.remarks(URL + ";" + parameters, NONE)).isEmpty();
	}

	private static Properties properties(String... entries) {
		Properties properties = new Properties();
		for (int i = 0; i < entries.length; i += 2) {
			properties.setProperty(entries[i], entries[i + 1]);
		}
		return properties;
	}

}
