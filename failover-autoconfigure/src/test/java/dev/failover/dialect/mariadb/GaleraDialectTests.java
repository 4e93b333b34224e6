package dev.failover.dialect.mariadb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.stub.RecordedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GaleraDialect} with rows as MariaDB 10.11.19 with Galera 26.4.23
 * returns them.
 */
final class GaleraDialectTests {

	private static final String VERSION = "10.11.19-MariaDB-0+deb12u1";

	private static final String CLUSTER = "12a46e36-ecf4-11f1-b058-97e0a752904b";

	private static final String MEMBERSHIP = "show global variables where variable_name in ('wsrep_on', 'wsrep_provider')";

	private final MariaDbDialect dialect = new MariaDbDialect();

	private final RecordedServer server = member("Primary", "ON", "4");

	private static RecordedServer member(String status, String ready, String state) {
		return server("OFF", "NONE")
			.answer(MEMBERSHIP, row("wsrep_on", "ON"), row("wsrep_provider", "/usr/lib/galera/libgalera_smm.so"))
			.answer("show global status where", row("wsrep_last_committed", "5"), row("wsrep_local_state", state),
					row("wsrep_cluster_state_uuid", CLUSTER), row("wsrep_cluster_status", status),
					row("wsrep_ready", ready));
	}

	private static RecordedServer server(String readOnly, String rejected) {
		return variables(new RecordedServer().answer("select version()", "version=" + VERSION), readOnly, rejected);
	}

	private static RecordedServer variables(RecordedServer server, String readOnly, String rejected) {
		return server.answer("show global variables where variable_name in ('hostname'", row("hostname", "db1"),
				row("port", "3306"), row("read_only", readOnly), row("server_id", "1"),
				row("server_uid", "x/ht+J89RhaBxvCVEgP0bxDh/lA="), row("wsrep_on", "ON"),
				row("wsrep_reject_queries", rejected));
	}

	private static String row(String name, String value) {
		return "Variable_name=" + name + "\nValue=" + value;
	}

	private Reading read(RecordedServer server) throws SQLException {
		Connection connection = server.connect(VERSION);
		return this.dialect.forServer(connection).read(connection);
	}

	private ReplicationReading readReplication(RecordedServer server) throws SQLException {
		Connection connection = server.connect(VERSION);
		return this.dialect.forServer(connection).readReplication(connection);
	}

	@Test
	void readsASynchronizedMember() throws SQLException {
		Reading reading = read(this.server);
		assertThat(reading.role()).isEqualTo(Role.WRITABLE);
		assertThat(reading.instance()).isEqualTo("x/ht+J89RhaBxvCVEgP0bxDh/lA=@db1:3306");
		assertThat(reading.history()).isEqualTo(new GaleraHistory(CLUSTER, 5));
		assertThat(reading.refusals()).isEmpty();
		ReplicationReading replication = readReplication(this.server);
		assertThat(replication.receiving()).isTrue();
		assertThat(replication.followers()).containsExactly(new Follower(null, true));
	}

	@Test
	void aProbeTakesOneRoundTrip() throws SQLException {
		Connection connection = this.server.connect(VERSION);
		Dialect galera = this.dialect.forServer(connection);
		galera.read(connection);
		this.server.takeExecuted();
		galera.read(connection);
		galera.readReplication(connection);
		assertThat(this.server.takeExecuted()).hasSize(1);
	}

	@ParameterizedTest(name = "{0}, ready {1}, local state {2}")
	@CsvSource({ "non-Primary, OFF, 0", "non-Primary, ON, 4", "Primary, OFF, 4", "Primary, OFF, 1",
			"Disconnected, OFF, 0", "Primary, ON, 1" })
	void aMemberThatIsNotReadyInThePrimaryComponentMustNotBeUsed(String status, String ready, String state)
			throws SQLException {
		Reading reading = read(member(status, ready, state));
		assertThat(reading.role()).isEqualTo(Role.UNUSABLE);
		assertThat(reading.history()).isEqualTo(new GaleraHistory(CLUSTER, 5));
	}

	/**
	 * Such a member says in its status that all is well.
	 */
	@Test
	void aMemberThatRejectsQueriesMustNotBeUsed() throws SQLException {
		assertThat(read(variables(this.server, "OFF", "ALL")).role()).isEqualTo(Role.UNUSABLE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2", "3" })
	void aDonorAndAMemberThatCatchesUpAcceptWritesButTheOthersDoNotWaitForThem(String state) throws SQLException {
		RecordedServer donor = member("Primary", "ON", state);
		assertThat(read(donor).role()).isEqualTo(Role.WRITABLE);
		assertThat(readReplication(donor).receiving()).isFalse();
	}

	@Test
	void aMemberThatAPersonHasSetToReadOnlyIsReadOnly() throws SQLException {
		assertThat(read(variables(this.server, "ON", "NONE")).role()).isEqualTo(Role.READ_ONLY);
	}

	@Test
	void aServerThatHasNotJoinedACluster() throws SQLException {
		this.server.answer("show global status where", row("wsrep_last_committed", "-1"), row("wsrep_local_state", "0"),
				row("wsrep_cluster_state_uuid", "00000000-0000-0000-0000-000000000000"),
				row("wsrep_cluster_status", "Disconnected"), row("wsrep_ready", "OFF"));
		assertThat(read(this.server).history()).isNull();
		assertThat(read(this.server).role()).isEqualTo(Role.UNUSABLE);
	}

	@Test
	void needsNoGrant() throws SQLException {
		this.server.answer("select @@global.max_connections", "all_users=151\nthis_user=0");
		Connection connection = this.server.connect(VERSION);
		assertThat(this.dialect.forServer(connection).readFacts(connection)).isEqualTo(new ServerFacts(List.of(), 151));
	}

	@ParameterizedTest(name = "provider {0}, on {1}")
	@CsvSource({ "none, OFF", "none, ON", "'', OFF", "/usr/lib/galera/libgalera_smm.so, OFF" })
	void aServerWithoutACluster(String provider, String on) throws SQLException {
		this.server.answer(MEMBERSHIP, row("wsrep_on", on), row("wsrep_provider", provider));
		assertThat(this.dialect.forServer(this.server.connect(VERSION))).isSameAs(this.dialect);
	}

	@Test
	void aServerThatKnowsNoClusters() throws SQLException {
		this.server.answer(MEMBERSHIP);
		assertThat(this.dialect.forServer(this.server.connect(VERSION))).isSameAs(this.dialect);
		this.server.refuse(MEMBERSHIP, "42000", 1142);
		assertThat(this.dialect.forServer(this.server.connect(VERSION))).isSameAs(this.dialect);
	}

}
