package dev.failover.autoconfigure;

import java.util.List;

import dev.failover.dialect.Dialect;
import dev.failover.dialect.mysql.MySqlDialect;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.stub.StubDialect;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

}
