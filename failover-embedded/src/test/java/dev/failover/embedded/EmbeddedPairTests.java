package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link EmbeddedPair}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedPairTests {

	@AutoClose
	private final SharedPair shared = new SharedPair(EmbeddedPair.builder()
		.database("Order's \"book\"")
		.username("the clerk")
		.password("it's \\ secret")
		.setting("max_connections", "42")
		.start());

	private final EmbeddedPair pair = this.shared.pair();

	private final NodeClient primary = this.shared.primary();

	private final NodeClient mirror = this.shared.mirror();

	@Test
	void theMirrorReplicatesThePrimary() throws SQLException {
		this.primary.execute("CREATE TABLE streamed AS SELECT 42 AS answer");
		eventually(() -> assertThat(this.mirror.query("SELECT answer FROM streamed")).isEqualTo("42"));
	}

	@Test
	void theMirrorIsReadOnly() {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.mirror.execute("CREATE TABLE refused ()"))
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("25006"));
	}

	@Test
	void theApplicationOwnsItsDatabaseAndSeesReplicationWithoutBeingSuperuser() throws SQLException {
		assertThat(this.primary.query("SELECT current_user")).isEqualTo("the clerk");
		assertThat(this.primary.query("SELECT current_database()")).isEqualTo("Order's \"book\"");
		assertThat(this.primary.query("SELECT current_setting('is_superuser')")).isEqualTo("off");
		assertThat(this.primary.query("SELECT state FROM pg_stat_replication")).isEqualTo("streaming");
		assertThat(this.primary.query("SELECT application_name FROM pg_stat_replication")).isEqualTo("mirror");
	}

	@Test
	void aSettingAppliesToBothNodes() throws SQLException {
		assertThat(this.primary.query("SHOW max_connections")).isEqualTo("42");
		assertThat(this.mirror.query("SHOW max_connections")).isEqualTo("42");
	}

	@Test
	void urlsContainNoCredentials() {
		for (EmbeddedNode node : this.pair.nodes()) {
			assertThat(node.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:" + node.port() + "/")
				.doesNotContain("clerk", "secret");
			assertThat(node.directJdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:" + node.directPort() + "/");
		}
		assertThat(this.pair.toString()).doesNotContain("secret");
	}

	@Test
	void connectOpensASuperuserConnectionPastTheLink() throws SQLException {
		this.pair.mirror().link().cut();
		try (Connection connection = this.pair.mirror().connect()) {
			assertThat(NodeClient.query(connection, "SELECT current_setting('is_superuser')")).isEqualTo("on");
			assertThat(connection.getCatalog()).isEqualTo(this.pair.database());
		}
		finally {
			this.pair.mirror().link().heal();
		}
	}

	@Test
	void nodesAreFoundByNameAndAnUnknownNameIsRefused() {
		assertThat(this.pair.node("primary")).isSameAs(this.pair.primary());
		assertThat(this.pair.node("mirror")).isSameAs(this.pair.mirror());
		assertThat(this.pair.nodes()).containsExactly(this.pair.primary(), this.pair.mirror());
		assertThatIllegalArgumentException().isThrownBy(() -> this.pair.node("replica"))
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
		assertThat(this.primary.query("SELECT 1")).isEqualTo("1");
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
