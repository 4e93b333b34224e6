package dev.failover.dialect.sqlserver;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.LogPosition;
import dev.failover.Role;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlServerDialect}. No server has answered: the values are written
 * after the pages that {@link SqlServerQueries} names.
 */
final class SqlServerDialectTests {

	private static final String UPDATEABILITY = "cast(databasepropertyex(";

	private static final String PRIMARY = "sys.fn_hadr_is_primary_replica(";

	private static final String SERVER = "cast(serverproperty(";

	private static final String REPLICA = "(select concat(replica_id, '|', group_database_id)";

	private static final String FORKS = "(select concat(family_guid";

	private static final String MIRRORING = "(select concat(mirroring_role";

	private static final String LOG = "(select concat(d.last_commit_lsn";

	private static final String RECEIVING = "coalesce((select max(";

	private static final String NAME = "(select convert(varchar(36), replica_id)";

	private static final String LAG = "(select d.secondary_lag_seconds";

	private static final String FOLLOWERS = "coalesce((select concat(d.replica_id";

	private final SqlServerDialect dialect = new SqlServerDialect();

	private final RecordedDatabase primary = database("READ_WRITE", "1", "replica-a", "37000000004200001",
			"37000000001000000");

	private final RecordedDatabase secondary = database("READ_ONLY", "0", "replica-b", "37000000004000001", "");

	private static RecordedDatabase database(String updateability, @Nullable String primary, String replica,
			String last, String recovery) {
		return new RecordedDatabase().answer(UPDATEABILITY, updateability)
			.answer(PRIMARY, primary)
			.answer(SERVER, "HOST\\INSTANCE@2026-11-30T10:00:00.123")
			.answer(REPLICA, replica.isEmpty() ? "|" : replica + "|group-database")
			.answer(FORKS, "family|fork|fork|")
			.answer(MIRRORING, "||||")
			.answer(LOG, last + "|" + recovery);
	}

	@Test
	void readsThePrimaryReplicaAndASecondaryOneInOneRoundTripEach() throws SQLException {
		Reading leader = this.dialect.read(this.primary.connect());
		Reading follower = this.dialect.read(this.secondary.connect());
		assertThat(leader.role()).isEqualTo(Role.WRITABLE);
		assertThat(leader.instance()).isEqualTo("HOST\\INSTANCE@2026-11-30T10:00:00.123");
		assertThat(follower.role()).isEqualTo(Role.READ_ONLY);
		assertThat(Comparison.of(leader.history(), follower.history()))
			.isEqualTo(new Comparison(Relation.BEHIND, 1024L));
		assertThat(leader.refusals()).isEmpty();
		assertThat(this.primary.executed()).hasSize(1);
	}

	@Test
	void aSecondaryThatTookTheRoleOverContinues() throws SQLException {
		History before = history(this.primary);
		this.secondary.answer(UPDATEABILITY, "READ_WRITE")
			.answer(PRIMARY, "1")
			.answer(LOG, "37000000005000001|37000000004500000");
		assertThat(before.compare(history(this.secondary))).isEqualTo(new Comparison(Relation.CONTINUES, 0L));
	}

	@Test
	void aForcedFailoverIsToldByTheRecoveryFork() throws SQLException {
		History before = history(this.primary);
		this.secondary.answer(PRIMARY, "1").answer(FORKS, "family|fork2|fork|37000000004100000");
		assertThat(before.compare(history(this.secondary))).isEqualTo(new Comparison(Relation.CONTINUES, 512L));
	}

	@ParameterizedTest
	@CsvSource({ "READ_WRITE, 1, |||| , WRITABLE", "READ_WRITE, 0, |||| , READ_ONLY", "READ_ONLY, 1, |||| , READ_ONLY",
			"READ_WRITE, , |||| , WRITABLE", "READ_WRITE, , 2|guid|4|| , READ_ONLY", ", 1, |||| , UNKNOWN" })
	void theRoleIsWritableIfNothingSpeaksAgainstIt(@Nullable String updateability, @Nullable String primary,
			String mirroring, Role expected) throws SQLException {
		this.primary.answer(UPDATEABILITY, updateability).answer(PRIMARY, primary).answer(MIRRORING, mirroring);
		assertThat(this.dialect.read(this.primary.connect()).role()).isEqualTo(expected);
	}

	/**
	 * The role is told all the same, and that both hold copies of one database.
	 */
	@Test
	void withoutTheGrantPositionsAndPromotionsAreUnknownAndTheGrantIsNamed() throws SQLException {
		this.primary.refuse(PRIMARY).refuse(LOG);
		this.secondary.refuse(PRIMARY).refuse(LOG);
		Reading leader = this.dialect.read(this.primary.connect());
		Reading follower = this.dialect.read(this.secondary.connect());
		assertThat(leader.role()).isEqualTo(Role.WRITABLE);
		assertThat(follower.role()).isEqualTo(Role.READ_ONLY);
		assertThat(Comparison.of(leader.history(), follower.history())).isEqualTo(new Comparison(Relation.SAME, null));
		assertThat(Objects.requireNonNull(leader.history()).isPromoted()).isTrue();
		assertThat(leader.refusals()).extracting(Refusal::part)
			.containsExactlyInAnyOrder("sys.fn_hadr_is_primary_replica", "sys.dm_hadr_database_replica_states");
		assertThat(leader.refusals()).extracting(Refusal::consequence)
			.allSatisfy((text) -> assertThat(text).contains("VIEW SERVER STATE"));
	}

	@ParameterizedTest
	@CsvSource({ UPDATEABILITY, SERVER, REPLICA, FORKS, MIRRORING })
	void eachOtherPartCanBeRefusedByItself(String expression) throws SQLException {
		this.primary.refuse(expression);
		Reading reading = this.dialect.read(this.primary.connect());
		assertThat(reading.refusals()).hasSize(1);
		assertThat(reading.instance() == null).isEqualTo(expression.equals(SERVER));
		assertThat(reading.history()).isNotNull();
	}

	@Test
	void aDatabaseThatLeavesItsGroupStaysTheSame() throws SQLException {
		Reading before = this.dialect.read(this.primary.connect());
		this.primary.answer(REPLICA, "|").answer(PRIMARY, null).answer(LOG, null);
		Reading after = this.dialect.read(this.primary.connect());
		assertThat(after.instance()).isEqualTo(before.instance());
		assertThat(Comparison.of(before.history(), after.history()).relation()).isEqualTo(Relation.SAME);
		this.primary.answer(REPLICA, "replica-a|other-group");
		assertThat(Comparison.of(before.history(), history(this.primary)).relation()).isEqualTo(Relation.UNKNOWN);
		this.primary.answer(FORKS, "other-family|fork|fork|");
		assertThat(Comparison.of(before.history(), history(this.primary)).relation()).isEqualTo(Relation.FOREIGN);
	}

	@Test
	void aDatabaseInNoGroupIsKnownByItsServerAndItsFamily() throws SQLException {
		RecordedDatabase alone = database("READ_WRITE", null, "", "", "").answer(LOG, null);
		Reading reading = this.dialect.read(alone.connect());
		assertThat(reading.role()).isEqualTo(Role.WRITABLE);
		assertThat(reading.instance()).isEqualTo("HOST\\INSTANCE@2026-11-30T10:00:00.123");
		assertThat(reading.history()).hasToString("family/fork")
			.isNotNull()
			.satisfies((history) -> assertThat(history.isPromoted()).isFalse());
	}

	@Test
	void aPartnerThatBecamePrincipalContinues() throws SQLException {
		RecordedDatabase before = database("READ_WRITE", null, "", "", "").answer(LOG, null)
			.answer(MIRRORING, "1|partnership|3|37000000004200001|37000000004200001");
		RecordedDatabase after = database("READ_WRITE", null, "", "", "").answer(LOG, null)
			.answer(SERVER, "OTHER@2026-11-30T10:00:00.123")
			.answer(MIRRORING, "1|partnership|4|37000000004200001|37000000006000001");
		assertThat(history(before).compare(history(after))).isEqualTo(new Comparison(Relation.CONTINUES, 0L));
	}

	@Test
	void readsWhatASecondaryReplicaReceives() throws SQLException {
		RecordedDatabase database = replication("1", "replica-b", "3", "");
		ReplicationReading reading = this.dialect.readReplication(database.connect());
		assertThat(reading.receiving()).isTrue();
		assertThat(reading.name()).isEqualTo("replica-b");
		assertThat(reading.ownLag()).isEqualTo(Duration.ofSeconds(3));
		assertThat(reading.followers()).isEmpty();
	}

	@Test
	void readsWhichFollowersCommitsWaitFor() throws SQLException {
		RecordedDatabase database = replication("0", "replica-a", null, "replica-b 1;replica-c 0;");
		ReplicationReading reading = this.dialect.readReplication(database.connect());
		assertThat(reading.receiving()).isFalse();
		assertThat(reading.ownLag()).isNull();
		assertThat(reading.followers()).containsExactly(new Follower("replica-b", true),
				new Follower("replica-c", false));
	}

	@Test
	void whatReplicationIsRefusedIsUnknown() throws SQLException {
		RecordedDatabase database = replication("1", "replica-b", "3", "").refuse(RECEIVING)
			.refuse(LAG)
			.refuse(FOLLOWERS);
		ReplicationReading reading = this.dialect.readReplication(database.connect());
		assertThat(reading.receiving()).isNull();
		assertThat(reading.followers()).isNull();
		assertThat(reading.refusals()).hasSize(3);
	}

	private static RecordedDatabase replication(String receiving, String name, @Nullable String lag, String followers) {
		return new RecordedDatabase().answer(RECEIVING, receiving)
			.answer(NAME, name)
			.answer(LAG, lag)
			.answer(FOLLOWERS, followers);
	}

	@Test
	void tellsTheLastCommitOfAPrimaryReplicaOnly() throws SQLException {
		String expression = "(select d.last_commit_lsn from";
		Connection connection = new RecordedDatabase().answer(expression, "37000000004200001").connect();
		assertThat(this.dialect.committed(connection)).isEqualTo(new LogPosition("37000000004200001"));
		assertThat(this.dialect.committed(new RecordedDatabase().answer(expression, null).connect())).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "1, ", "0, VIEW SERVER STATE" })
	void tellsTheMissingGrantAndTheConnectionLimit(String granted, @Nullable String missing) throws SQLException {
		Connection connection = new RecordedDatabase().answer("case when has_perms_by_name(", granted)
			.answer("@@max_connections", "32767")
			.connect();
		assertThat(this.dialect.readFacts(connection))
			.isEqualTo(new ServerFacts((missing != null) ? List.of(missing) : List.of(), 32767));
	}

	private History history(RecordedDatabase database) throws SQLException {
		return Objects.requireNonNull(this.dialect.read(database.connect()).history());
	}

}
