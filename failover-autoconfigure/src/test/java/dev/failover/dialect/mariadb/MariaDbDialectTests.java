package dev.failover.dialect.mariadb;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.LogPosition;
import dev.failover.Role;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.stub.RecordedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MariaDbDialect} with rows as MariaDB 11.4.5 returns them, of which
 * only the columns that are read are kept.
 */
final class MariaDbDialectTests {

	private static final String VERSION = "11.4.5-MariaDB-log";

	private static final String STREAMING = """
			Connection_name=
			Slave_IO_State=Waiting for master to send event
			Master_Host=127.0.0.1
			Master_Port=31901
			Slave_IO_Running=Yes
			Slave_SQL_Running=Yes
			Seconds_Behind_Master=0
			Last_IO_Errno=0
			Master_Server_Id=1
			Using_Gtid=Slave_Pos
			Gtid_IO_Pos=0-1-5""";

	private final MariaDbDialect dialect = new MariaDbDialect();

	private final RecordedServer primary = primary("0-1-5");

	private final RecordedServer mirror = server("0", 2, "0-1-5", "JxmMVT4IHSaWy0c6ZPyKhW+sxsA=")
		.answer("select @@global.read_only as", "read_only=1\nid=2\nhost=db2\nport=3306")
		.answer("show all slaves status", STREAMING);

	private static Relation relation(Reading reference, Reading other) {
		return Comparison.of(reference.history(), other.history()).relation();
	}

	private static boolean isPromoted(Reading reading) {
		return Objects.requireNonNull(reading.history()).isPromoted();
	}

	private static RecordedServer primary(String gtids) {
		return server("0", 1, gtids, "n2ZLGbGFrVXfZiXk2I0MBjGbiwQ=").answer("show all slaves status");
	}

	private static RecordedServer server(String readOnly, int id, String gtids, String uid) {
		return new RecordedServer().answer("select version()", "version=" + VERSION)
			.answer("select @@global.read_only as", "read_only=" + readOnly + "\nid=" + id + "\nhost=db\nport=3306")
			.answer("select @@global.gtid_binlog_state", "written=" + gtids + "\napplied=\nlog_bin=1")
			.answer("select @@global.server_uid", "uid=" + uid)
			.answer("show global variables like", "Variable_name=rpl_semi_sync_master_enabled\nValue=OFF",
					"Variable_name=rpl_semi_sync_slave_enabled\nValue=OFF");
	}

	@Test
	void readsALeaderAndItsFollower() throws SQLException {
		Reading leader = this.dialect.read(this.primary.connect(VERSION));
		Connection connection = this.mirror.connect(VERSION);
		Reading follower = this.dialect.read(connection);
		ReplicationReading replication = this.dialect.readReplication(connection);
		assertThat(leader.role()).isEqualTo(Role.WRITABLE);
		assertThat(follower.role()).isEqualTo(Role.READ_ONLY);
		assertThat(relation(leader, follower)).isEqualTo(Relation.SAME);
		assertThat(replication.receiving()).isTrue();
		assertThat(replication.source()).isEqualTo(leader.instance()).isEqualTo("n2ZLGbGFrVXfZiXk2I0MBjGbiwQ=");
		assertThat(replication.ownLag()).isEqualTo(Duration.ZERO);
		assertThat(leader.refusals()).isEmpty();
		assertThat(replication.refusals()).isEmpty();
	}

	@Test
	void aProbeTakesOneRoundTrip() throws SQLException {
		Connection connection = this.mirror.connect(VERSION);
		this.dialect.read(connection);
		this.mirror.takeExecuted();
		this.dialect.read(connection);
		this.dialect.readReplication(connection);
		assertThat(this.mirror.takeExecuted()).hasSize(1);
	}

	@Test
	void askedAloneReplicationIsReadAnew() throws SQLException {
		Connection connection = this.mirror.connect(VERSION);
		assertThat(this.dialect.readReplication(connection).receiving()).isTrue();
		this.mirror.answer("show all slaves status");
		assertThat(this.dialect.readReplication(connection).receiving()).isFalse();
	}

	@Test
	void aDriverThatSendsOneStatementOnlyIsAskedOneByOne() throws SQLException {
		this.mirror.refuseSeveralAtOnce();
		Connection connection = this.mirror.connect(VERSION);
		assertThat(this.dialect.read(connection).refusals()).isEmpty();
		this.mirror.takeExecuted();
		assertThat(this.dialect.read(connection).role()).isEqualTo(Role.READ_ONLY);
		assertThat(this.mirror.takeExecuted()).hasSize(5).noneMatch((call) -> call.contains(";"));
	}

	@Test
	void withoutTheGrantReplicationIsUnknownAndTheGrantIsNamed() throws SQLException {
		this.mirror.refuse("show all slaves status", "42000", 1227);
		Connection connection = this.mirror.connect(VERSION);
		assertThat(this.dialect.read(connection).refusals()).isEmpty();
		ReplicationReading replication = this.dialect.readReplication(connection);
		assertThat(replication.receiving()).isNull();
		assertThat(replication.refusals()).singleElement()
			.satisfies((refusal) -> assertThat(refusal.consequence()).contains("Grant SLAVE MONITOR to the user"));
		this.mirror.takeExecuted();
		this.dialect.read(connection);
		assertThat(this.mirror.takeExecuted()).singleElement()
			.satisfies((call) -> assertThat(call).doesNotContain("show all slaves"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Slave_IO_Running=Connecting", "Slave_IO_Running=No", "Slave_SQL_Running=No" })
	void aStoppedFollowerReceivesNothing(String column) throws SQLException {
		String name = column.substring(0, column.indexOf('='));
		this.mirror.answer("show all slaves status", STREAMING.replace(name + "=Yes", column));
		assertThat(this.dialect.readReplication(this.mirror.connect(VERSION)).receiving()).isFalse();
	}

	@Test
	void semiSynchronousReplicationIsKnownByItsState() throws SQLException {
		this.mirror.answer("show global variables like", "Variable_name=rpl_semi_sync_slave_enabled\nValue=ON")
			.answer("show global status like", "Variable_name=Rpl_semi_sync_slave_status\nValue=ON");
		this.primary.answer("show global variables like", "Variable_name=rpl_semi_sync_master_enabled\nValue=ON");
		this.primary.answer("show global status like", "Variable_name=Rpl_semi_sync_master_clients\nValue=1",
				"Variable_name=Rpl_semi_sync_master_status\nValue=ON");
		Connection follower = this.mirror.connect(VERSION);
		Connection leader = this.primary.connect(VERSION);
		String name = this.dialect.readReplication(follower).name();
		assertThat(this.dialect.readReplication(leader).followers()).containsExactly(new Follower(name, true));
		this.primary.answer("show global status like", "Variable_name=Rpl_semi_sync_master_clients\nValue=1",
				"Variable_name=Rpl_semi_sync_master_status\nValue=OFF");
		assertThat(this.dialect.readReplication(leader).followers()).containsExactly(new Follower(name, false));
	}

	/**
	 * A server that waits for acknowledgements may not tell its status until it has them.
	 */
	@Test
	void theStateOfSemiSynchronousReplicationIsNotAskedForAgainAtOnceWhenItFailed() throws SQLException {
		this.primary.answer("show global variables like", "Variable_name=rpl_semi_sync_master_enabled\nValue=ON")
			.refuse("show global status like", "08000", -1);
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> this.dialect.readReplication(this.primary.connect(VERSION)));
		this.primary.takeExecuted();
		assertThat(this.dialect.readReplication(this.primary.connect(VERSION)).followers()).isNull();
		assertThat(this.primary.takeExecuted()).noneMatch((call) -> call.contains("status like"));
	}

	/**
	 * A mirror accepts writes by default, and replication can be stopped for a while.
	 */
	@Test
	void aStoppedFollowerIsNotPromotedUnlessItWasSeenRefusingWrites() throws SQLException {
		Reading leader = this.dialect.read(this.primary.connect(VERSION));
		String stopped = STREAMING.replace("Running=Yes", "Running=No");
		RecordedServer other = server("0", 2, "0-1-5", "mirror").answer("show all slaves status", stopped);
		Connection connection = other.connect(VERSION);
		assertThat(relation(leader, this.dialect.read(connection))).isEqualTo(Relation.SAME);
		other.answer("select @@global.read_only as", "read_only=1\nid=2\nhost=db2\nport=3306");
		this.dialect.read(connection);
		other.answer("select @@global.read_only as", "read_only=0\nid=2\nhost=db2\nport=3306");
		Reading promoted = this.dialect.read(connection);
		assertThat(relation(leader, promoted)).isEqualTo(Relation.CONTINUES);
		assertThat(isPromoted(promoted)).isTrue();
	}

	@Test
	void aServerThatNobodyPromotedIsNotPromoted() throws SQLException {
		assertThat(isPromoted(this.dialect.read(this.primary.connect(VERSION)))).isFalse();
		RecordedServer following = server("0", 2, "0-1-5", "mirror").answer("show all slaves status", STREAMING);
		assertThat(isPromoted(this.dialect.read(following.connect(VERSION)))).isFalse();
		RecordedServer promoted = server("0", 2, "0-1-5", "mirror").answer("show all slaves status");
		assertThat(isPromoted(this.dialect.read(promoted.connect(VERSION)))).isTrue();
	}

	@Test
	void aServerWithoutBinaryLogHasNoHistory() throws SQLException {
		this.primary.answer("select @@global.gtid_binlog_state", "written=\napplied=\nlog_bin=0");
		Reading reading = this.dialect.read(this.primary.connect(VERSION));
		assertThat(reading.history()).isNull();
		assertThat(reading.refusals()).extracting(Refusal::part).containsExactly("log_bin");
	}

	/**
	 * Versions before 10.9 have no {@code server_uid}, and another grant.
	 */
	@Test
	void readsAnOldServer() throws SQLException {
		this.primary.answer("select version()", "version=10.4.34-MariaDB-log")
			.refuse("show all slaves status", "42000", 1227);
		Connection connection = this.primary.connect("5.5.5-10.4.34-MariaDB-log");
		Reading reading = this.dialect.read(connection);
		assertThat(reading.instance()).isEqualTo("1@db:3306");
		assertThat(this.dialect.readFacts(connection).missingGrants()).containsExactly("REPLICATION CLIENT on *.*");
	}

	/**
	 * With MySQL Connector/J, MariaDB is known by what the server says.
	 */
	@Test
	void readsMySqlAsMySql() throws SQLException {
		RecordedServer mySql = new RecordedServer().answer("select version()", "version=8.4.3")
			.answer("select @@global.read_only or @@global.super_read_only", "read_only=0\nuuid=3e11")
			.answer("select @@global.gtid_executed", "executed=3e11:1-5\nmode=ON")
			.answer("show replica status")
			.answer("show global variables like");
		Reading reading = this.dialect.read(mySql.connect("8.4.3"));
		assertThat(reading.instance()).isEqualTo("3e11");
		assertThat(Objects.requireNonNull(reading.history()).position()).isEqualTo(new LogPosition("3e11:1-5"));
	}

	@Test
	void readsThePositionAfterACommitOfAWritableServer() throws SQLException {
		this.primary.answer("select @@global.read_only, @@global.gtid_binlog_pos", "read_only=0\npos=0-1-5");
		assertThat(this.dialect.committed(this.primary.connect(VERSION))).isEqualTo(new LogPosition("0-1-5"));
		this.primary.answer("select @@global.read_only, @@global.gtid_binlog_pos", "read_only=1\npos=0-1-5");
		assertThat(this.dialect.committed(this.primary.connect(VERSION))).isNull();
	}

	@Test
	void readsTheConnectionLimit() throws SQLException {
		this.primary.answer("select @@global.max_connections", "all_users=151\nthis_user=0");
		Connection connection = this.primary.connect(VERSION);
		assertThat(this.dialect.readFacts(connection)).isEqualTo(new ServerFacts(List.of(), 151));
		this.primary.answer("select @@global.max_connections", "all_users=151\nthis_user=20");
		assertThat(this.dialect.readFacts(connection).connectionLimit()).isEqualTo(20);
	}

	@Test
	void supportsTheUrlsOfBothDrivers() {
		assertThat(this.dialect.supports("jdbc:mariadb://db1/orders")).isTrue();
		assertThat(this.dialect.supports("jdbc:mysql://db1/orders")).isTrue();
		assertThat(this.dialect.supports("jdbc:mysql:replication://db1,db2/orders")).isTrue();
		assertThat(this.dialect.supports("jdbc:postgresql://db1/orders")).isFalse();
	}

}
