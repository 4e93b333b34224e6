package dev.failover.sample;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import dev.failover.docs.Page;
import dev.failover.docs.Page.Block;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of the statements in the documents on real servers. The first line of a block
 * names its database.
 */
@ServiceTest
final class QueriesTests {

	/** Pages about one other database. */
	private static final Pattern OF_OTHERS = Pattern.compile("docs/(mariadb|galera|mysql|sqlserver|containers)\\.md");

	private static final Pattern FIRST_LINE = Pattern.compile("-- (PostgreSQL|MariaDB|MySQL|SQL Server)( mirror)?");

	@Test
	void eachBlockNamesItsDatabase() {
		assertThat(Page.all()).filteredOn((page) -> !OF_OTHERS.matcher(page.file().toString()).matches())
			.flatMap((page) -> page.blocks("sql"))
			.allSatisfy((block) -> assertThat(database(block)).as(block.place()).matches(FIRST_LINE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PostgreSQL", "PostgreSQL mirror" })
	void eachStatementIsAccepted(String database, @Autowired EmbeddedPair pair) throws Exception {
		List<String> statements = Page.all()
			.stream()
			.filter((page) -> !page.file().endsWith("tutorial.md"))
			.flatMap((page) -> page.blocks("sql").stream())
			.filter((block) -> database(block).equals("-- " + database))
			.flatMap((block) -> Arrays.stream(block.code().split(";\\s*")))
			.toList();
		assertThat(statements).hasSizeGreaterThan(3);
		EmbeddedNode node = (isMirror(pair.mirror()) == database.endsWith("mirror")) ? pair.mirror() : pair.primary();
		try (Connection connection = node.connect(); Statement statement = connection.createStatement()) {
			if (!database.endsWith("mirror")) {
				statement.execute("drop role if exists orders");
				statement.execute("create role orders");
			}
			for (String sql : statements) {
				assertThatNoException().as(sql).isThrownBy(() -> statement.execute(sql));
			}
		}
	}

	private static String database(Block block) {
		return block.code().lines().findFirst().orElse("");
	}

	private static boolean isMirror(EmbeddedNode node) throws SQLException {
		try (Connection connection = node.connect();
				Statement statement = connection.createStatement();
				ResultSet answer = statement.executeQuery("select pg_is_in_recovery()")) {
			return answer.next() && answer.getBoolean(1);
		}
	}

}
