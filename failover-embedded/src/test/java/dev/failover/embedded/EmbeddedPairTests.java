package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link EmbeddedPair}.
 */
class EmbeddedPairTests {

	@AutoClose
	private static final SharedPair shared = new SharedPair(EmbeddedPair.builder()
		.database("Order's \"book\"")
		.username("the clerk")
		.password("it's \\ secret")
		.setting("max_connections", "42")
		.start());

	private static final EmbeddedPair pair = shared.pair();

	private static final NodeClient primary = shared.primary();

	private static final NodeClient mirror = shared.mirror();

	@Test
	void theMirrorReplicatesThePrimary() throws SQLException {
		primary.execute("CREATE TABLE streamed AS SELECT 42 AS answer");
		eventually(() -> assertThat(mirror.query("SELECT answer FROM streamed")).isEqualTo("42"));
	}

	@Test
	void theMirrorIsReadOnly() {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> mirror.execute("CREATE TABLE refused ()"))
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("25006"));
	}

	@Test
	void theApplicationOwnsItsDatabaseAndSeesReplicationWithoutBeingSuperuser() throws SQLException {
		assertThat(primary.query("SELECT current_user")).isEqualTo("the clerk");
		assertThat(primary.query("SELECT current_database()")).isEqualTo("Order's \"book\"");
		assertThat(primary.query("SELECT current_setting('is_superuser')")).isEqualTo("off");
		assertThat(primary.query("SELECT state FROM pg_stat_replication")).isEqualTo("streaming");
		assertThat(primary.query("SELECT application_name FROM pg_stat_replication")).isEqualTo("mirror");
	}

	@Test
	void aSettingAppliesToBothNodes() throws SQLException {
		assertThat(primary.query("SHOW max_connections")).isEqualTo("42");
		assertThat(mirror.query("SHOW max_connections")).isEqualTo("42");
	}

	@Test
	void urlsContainNoCredentials() {
		for (EmbeddedNode node : pair.nodes()) {
			assertThat(node.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:" + node.port() + "/")
				.doesNotContain("clerk", "secret");
			assertThat(node.directJdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:" + node.directPort() + "/");
		}
		assertThat(pair.toString()).doesNotContain("secret");
	}

	@Test
	void connectOpensASuperuserConnectionPastTheLink() throws SQLException {
		pair.mirror().link().cut();
		try (Connection connection = pair.mirror().connect()) {
			assertThat(NodeClient.query(connection, "SELECT current_setting('is_superuser')")).isEqualTo("on");
			assertThat(connection.getCatalog()).isEqualTo(pair.database());
		}
		finally {
			pair.mirror().link().heal();
		}
	}

	@Test
	void nodesAreFoundByNameAndAnUnknownNameIsRefused() {
		assertThat(pair.node("primary")).isSameAs(pair.primary());
		assertThat(pair.node("mirror")).isSameAs(pair.mirror());
		assertThat(pair.nodes()).containsExactly(pair.primary(), pair.mirror());
		assertThatIllegalArgumentException().isThrownBy(() -> pair.node("replica"))
			.withMessage("There is no node 'replica', only [primary, mirror]");
	}

	@Test
	void withoutMonitoringGrantTheApplicationDoesNotSeeReplication() throws SQLException {
		try (EmbeddedPair other = EmbeddedPair.builder().grantMonitoring(false).start()) {
			assertThat(new NodeClient(other, other.primary()).query("SELECT state FROM pg_stat_replication")).isNull();
		}
	}

	@Test
	void closingAPairRemovesEverythingOfItAndLeavesOtherPairsAlone() throws SQLException, IOException {
		EmbeddedPair other = EmbeddedPair.start();
		Path directory = new NodeClient(other, other.primary()).dataDirectory().resolve("../..").normalize();
		assertThat(directory).isDirectory();
		List<ProcessHandle> processes = PairProcesses.in(directory);
		assertThat(processes).filteredOn(Processes::isAlive).hasSizeGreaterThan(10);
		EmbeddedService service = other.service(ServiceRole.WRITABLE).start();
		other.mirror().freeze();
		other.close();
		other.close();
		assertThatIllegalStateException().isThrownBy(other.primary()::start).withMessage("The pair is closed");
		assertThatIllegalStateException().isThrownBy(() -> other.service(ServiceRole.WRITABLE).start())
			.withMessage("The pair is closed");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> DriverManager.getConnection(service.jdbcUrl()))
			.withMessageContaining("refused");
		assertThat(processes).noneMatch(Processes::isAlive);
		assertThat(directory).doesNotExist();
		assertThat(primary.query("SELECT 1")).isEqualTo("1");
	}

	@Test
	void invalidNamesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedPair.builder().username("postgres").start());
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedPair.builder().database(" ").start());
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedPair.builder().setting("a = b", "c"));
	}

	@Test
	void aServerThatDoesNotStartReportsTheReason() {
		assertThatExceptionOfType(EmbeddedPostgresException.class)
			.isThrownBy(() -> EmbeddedPair.builder().setting("shared_buffers", "a lot").start())
			.withMessageContaining("Node 'primary' did not start")
			.withMessageContaining("shared_buffers");
	}

}
