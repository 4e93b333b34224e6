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
	@CsvSource({ "jdbc:sqlserver://db1;databaseName=a, jdbc:sqlserver://db1;databaseName=b",
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
