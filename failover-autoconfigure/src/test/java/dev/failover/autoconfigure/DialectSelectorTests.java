package dev.failover.autoconfigure;

import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.mysql.MySqlDialect;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.stub.StubDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DialectSelector}.
 */
final class DialectSelectorTests {

	@Test
	void findsTheBuiltInDialects() {
		assertThat(new DialectSelector(List.of()).find("jdbc:postgresql://db1/orders"))
			.containsInstanceOf(PostgresDialect.class);
		assertThat(new DialectSelector(List.of()).find("jdbc:mysql://db1/orders"))
			.containsInstanceOf(MySqlDialect.class);
		assertThat(new DialectSelector(List.of()).find("jdbc:mariadb://db1/orders"))
			.containsInstanceOf(MySqlDialect.class);
		assertThat(new DialectSelector(List.of()).find("jdbc:sqlserver://db1"))
			.hasValueSatisfying((dialect) -> assertThat(dialect.productNames()).contains("Microsoft SQL Server"));
	}

	/**
	 * One URL of each driver with which a connection does not lead to one server.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jdbc:mysql:replication://db1,db2/orders              | 'replication:'
			jdbc:mysql:loadbalance://db1,db2/orders              | 'loadbalance:'
			jdbc:mysql+srv:loadbalance://db.example.org/orders   | 'loadbalance:'
			jdbc:mariadb:replication://db1,db2/orders            | 'replication:'
			jdbc:mariadb:loadbalance://db1,db2/orders            | 'loadbalance:'
			jdbc:mariadb:load-balance-read://db1,db2/orders      | 'load-balance-read:'
			jdbc:sqlserver://db1;failoverPartner=db2             | 'failoverPartner'
			""")
	void aUrlThatDoesNotLeadToOneServerEndsTheStart(String url, String reason) {
		String other = url.replaceFirst("//.*", "//db3/orders")
			.replace("+srv:loadbalance", "")
			.replaceFirst("(replication|load.*ance.*):", "");
		DialectSelector selector = new DialectSelector(List.of());
		for (List<ConfiguredPool> pools : List.of(pools(url, other), pools(other, url))) {
			assertThatExceptionOfType(FailoverConfigurationException.class)
				.isThrownBy(() -> selector.select(pools, null))
				.withMessageContainingAll(".url' cannot be used with failover.", reason)
				.satisfies((ex) -> assertThat(ex.getAction()).containsAnyOf("Name one server", "Remove"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					jdbc:mysql://db1,db2/orders                                                    | jdbc:mysql://db3/orders
					jdbc:mariadb:sequential://db1,db2/orders                                       | jdbc:mariadb://db3/orders
					jdbc:sqlserver://db1;databaseName=orders;failoverPartner=db2                   | jdbc:sqlserver://db2;databaseName=orders
					jdbc:sqlserver://db1;databaseName=orders                                       | jdbc:sqlserver://db1;databaseName=orders;applicationIntent=ReadOnly
					jdbc:postgresql://db1,db2/orders?targetServerType=primary                      | jdbc:postgresql://db1,db2/orders?targetServerType=secondary
					""")
	void urlsThatLeadToOneServerAtATimeAreAccepted(String primary, String mirror) {
		assertThat(new DialectSelector(List.of()).select(pools(primary, mirror), null).tellsHistory()).isTrue();
	}

	@Test
	void prefersBeansOfTheApplication() {
		Dialect own = new StubDialect();
		assertThat(new DialectSelector(List.of(own)).find("jdbc:stub:1")).containsSame(own);
	}

	@Test
	void findsNothingForAnUnknownDatabase() {
		assertThat(new DialectSelector(List.of()).find("jdbc:unknown:1")).isEmpty();
	}

	@Test
	void selectsTheGenericDialectForAnUnknownDatabase() {
		Dialect dialect = new DialectSelector(List.of()).select(pools("jdbc:unknown:1", "jdbc:unknown:2"), null);
		assertThat(dialect.tellsHistory()).isFalse();
		assertThat(dialect.supports("jdbc:unknown:3")).isTrue();
		assertThat(dialect.supports("jdbc:other:3")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:as400://db1;libraries=a, jdbc:as400://db1;libraries=b",
			"jdbc:h2:mem:a;MODE=DB2, jdbc:h2:mem:b;MODE=DB2" })
	void parametersMayNameTheDatabaseOfAnUnknownDriver(String primary, String mirror) {
		DialectSelector selector = new DialectSelector(List.of());
		assertThat(selector.select(pools(primary, mirror), null)).isNotNull();
		assertThatExceptionOfType(FailoverConfigurationException.class)
			.isThrownBy(() -> selector.select(pools(primary, primary), null))
			.withMessageContaining("same database");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void warnsOfARoleQueryThatIsNotUsed(CapturedOutput output) {
		DialectSelector selector = new DialectSelector(List.of());
		selector.select(pools("jdbc:unknown:1", "jdbc:unknown:2"), "select 'WRITABLE'");
		assertThat(output).doesNotContain("role-query");
		selector.select(pools("jdbc:postgresql://db1/a", "jdbc:postgresql://db2/a"), "select 'WRITABLE'");
		assertThat(output).contains("'failover.detection.role-query' is not used");
	}

	private static List<ConfiguredPool> pools(String primary, String mirror) {
		return List.of(new ConfiguredPool(ConfiguredNode.PRIMARY, pool(primary)),
				new ConfiguredPool(ConfiguredNode.mirror("mirror", "failover.mirror"), pool(mirror)));
	}

	private static HikariConfig pool(String url) {
		HikariConfig pool = new HikariConfig();
		pool.setJdbcUrl(url);
		return pool;
	}

}
