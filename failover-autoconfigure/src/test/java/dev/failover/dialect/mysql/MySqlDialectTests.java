package dev.failover.dialect.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.stub.RecordedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MySqlDialect}. No server of MySQL has answered: the rows are written
 * after the manuals, "SHOW REPLICA STATUS Statement" and "Server System Variables" of
 * MySQL 8.4, "SHOW SLAVE STATUS Syntax" of MySQL 5.6.
 */
final class MySqlDialectTests {

	private static final String PRIMARY = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

	private static final String MIRROR = "7e11fa47-31ca-19e1-9e56-c43aa21293967";

	private final MySqlDialect dialect = new MySqlDialect();

	private final RecordedServer primary = eight("0", PRIMARY, PRIMARY + ":1-77").answer("show replica status");

	private final RecordedServer mirror = eight("1", MIRROR, PRIMARY + ":1-75").answer("show replica status", """
			Replica_IO_State=Waiting for source to send event
			Source_Host=127.0.0.1
			Replica_IO_Running=Yes
			Replica_SQL_Running=Yes
			Seconds_Behind_Source=1
			Source_UUID=%s
			Auto_Position=1
			Channel_Name=""".formatted(PRIMARY));

	private static RecordedServer eight(String readOnly, String uuid, String executed) {
		return new RecordedServer().answer("select version()", "version=8.4.3")
			.answer("select @@global.read_only or @@global.super_read_only", "read_only=" + readOnly + "\nuuid=" + uuid)
			.answer("select @@global.gtid_executed", "executed=" + executed + "\nmode=ON")
			.answer("show global variables like");
	}

	@Test
	void readsALeaderAndItsFollower() throws SQLException {
		Reading leader = this.dialect.read(this.primary.connect("8.4.3"));
		Connection connection = this.mirror.connect("8.4.3");
		Reading follower = this.dialect.read(connection);
		ReplicationReading replication = this.dialect.readReplication(connection);
		assertThat(leader.role()).isEqualTo(Role.WRITABLE);
		assertThat(leader.instance()).isEqualTo(PRIMARY);
		assertThat(follower.role()).isEqualTo(Role.READ_ONLY);
		assertThat(Comparison.of(leader.history(), follower.history())).isEqualTo(new Comparison(Relation.BEHIND, 2L));
		assertThat(replication.receiving()).isTrue();
		assertThat(replication.source()).isEqualTo(PRIMARY);
		assertThat(replication.ownLag()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void semiSynchronousReplicationHasTheNamesOfSourceAndReplica() throws SQLException {
		this.mirror.answer("show global variables like", "Variable_name=rpl_semi_sync_replica_enabled\nValue=ON")
			.answer("show global status like", "Variable_name=Rpl_semi_sync_replica_status\nValue=ON");
		this.primary.answer("show global variables like", "Variable_name=rpl_semi_sync_source_enabled\nValue=ON");
		this.primary.answer("show global status like", "Variable_name=Rpl_semi_sync_source_clients\nValue=1",
				"Variable_name=Rpl_semi_sync_source_status\nValue=ON");
		this.dialect.readReplication(this.mirror.connect("8.4.3"));
		assertThat(this.dialect.readReplication(this.primary.connect("8.4.3")).followers())
			.containsExactly(new Follower(MIRROR, true));
	}

	/**
	 * MySQL 5.6 has no {@code super_read_only}, and calls the columns by their old names.
	 */
	@Test
	void readsMySql56() throws SQLException {
		RecordedServer old = new RecordedServer().answer("select version()", "version=5.6.24-log")
			.answer("select @@global.read_only as", "read_only=1\nuuid=" + MIRROR)
			.answer("select @@global.gtid_executed", "executed=" + PRIMARY + ":1-75\nmode=ON")
			.answer("show slave status", """
					Slave_IO_State=Waiting for master to send event
					Slave_IO_Running=Yes
					Slave_SQL_Running=Yes
					Seconds_Behind_Master=0
					Master_Server_Id=1
					Master_UUID=%s""".formatted(PRIMARY))
			.answer("show global variables like");
		Connection connection = old.connect("5.6.24-log");
		assertThat(this.dialect.read(connection).role()).isEqualTo(Role.READ_ONLY);
		assertThat(this.dialect.readReplication(connection).source()).isEqualTo(PRIMARY);
	}

	@ParameterizedTest
	@CsvSource({ "8.0.21, show slave status", "8.0.22, show replica status", "9.1.0, show replica status" })
	void asksInTheWordsOfTheVersion(String version, String statement) throws SQLException {
		RecordedServer server = eight("0", PRIMARY, PRIMARY + ":1-77").answer("select version()", "version=" + version);
		this.dialect.read(server.connect(version));
		assertThat(server.takeExecuted().get(1)).contains(statement);
	}

	@Test
	void withoutGtidsThereIsNoHistory() throws SQLException {
		this.primary.answer("select @@global.gtid_executed", "executed=\nmode=OFF");
		Reading reading = this.dialect.read(this.primary.connect("8.4.3"));
		assertThat(reading.history()).isNull();
		assertThat(reading.refusals()).extracting(Refusal::part).containsExactly("gtid_mode");
	}

	@Test
	void withoutTheGrantReplicationIsUnknownAndTheGrantIsNamed() throws SQLException {
		this.mirror.refuse("show replica status", "42000", 1227);
		Connection connection = this.mirror.connect("8.4.3");
		ReplicationReading replication = this.dialect.readReplication(connection);
		assertThat(replication.receiving()).isNull();
		assertThat(replication.refusals()).singleElement()
			.satisfies((refusal) -> assertThat(refusal.consequence()).contains("Grant REPLICATION CLIENT"));
		assertThat(this.dialect.readFacts(connection).missingGrants()).containsExactly("REPLICATION CLIENT on *.*");
	}

	@Test
	void membersOfAGroupAreNoSources() throws SQLException {
		this.mirror.answer("show replica status", """
				Replica_IO_Running=Yes
				Replica_SQL_Running=Yes
				Channel_Name=group_replication_applier""");
		assertThat(this.dialect.readReplication(this.mirror.connect("8.4.3")).receiving()).isFalse();
	}

	@Test
	void aSessionRefusesWritesWithoutTheKnowledgeOfTheDriver() throws SQLException {
		this.primary.answer("set session transaction read only");
		this.dialect.refuseWrites(this.primary.connect("8.4.3"));
		assertThat(this.primary.takeExecuted()).containsExactly("set session transaction read only");
	}

}
