package dev.failover.benchmarks.stub;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.postgresql.PostgresDialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

final class StubNodeTests {

	@ParameterizedTest
	@EnumSource
	void theProductReadsAHealthyPair(StubNode node) throws SQLException {
		Dialect dialect = new PostgresDialect();
		try (HikariDataSource pool = node.openPool();
				Connection connection = pool.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(StubNode.STATEMENT)) {
			assertThat(row.next()).isTrue();
			assertThat(row.getInt(1)).isEqualTo(1);
			assertThat(dialect.read(connection).role())
				.isEqualTo((node == StubNode.PRIMARY) ? Role.WRITABLE : Role.READ_ONLY);
			assertThat(dialect.readReplication(connection).receiving()).isEqualTo(node == StubNode.MIRROR);
		}
	}

}
