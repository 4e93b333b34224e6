package dev.failover.dialect.sqlserver;

import java.util.Objects;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.LogPosition;
import dev.failover.dialect.sqlserver.SqlServerHistory.Database;
import dev.failover.dialect.sqlserver.SqlServerHistory.Forks;
import dev.failover.dialect.sqlserver.SqlServerHistory.Reign;
import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SqlServerHistory}. Positions are log blocks of one virtual log file,
 * 512 bytes each.
 */
final class SqlServerHistoryTests {

	private static final Forks FIRST = new Forks("fork1", "fork1", null);

	/** Fork of a forced failover at block 50. */
	private static final Forks SECOND = new Forks("fork2", "fork1", lsn(50));

	private static final Forks THIRD = new Forks("fork3", "fork2", lsn(70));

	private static final Database ORDERS = new Database("orders", null, null);

	private final SqlServerHistory leader = primary("a", FIRST, 10, 40);

	@Test
	void aFollowerIsComparedByItsLastCommit() {
		assertRelation(this.leader, secondary(FIRST, 40), Relation.SAME, 0L);
		assertRelation(this.leader, secondary(FIRST, 38), Relation.BEHIND, 1024L);
		assertRelation(this.leader, secondary(FIRST, 41), Relation.AHEAD, 0L);
		assertRelation(this.leader, secondary(FIRST, null), Relation.SAME, null);
	}

	@Test
	void aLeaderThatIsReadLaterIsAhead() {
		assertRelation(this.leader, primary("a", FIRST, 10, 45), Relation.AHEAD, 0L);
		assertRelation(this.leader, primary("a", FIRST, 43, 45), Relation.AHEAD, 0L);
	}

	@Test
	void aReplicaThatTookTheRoleOverLacksNothing() {
		assertRelation(this.leader, primary("b", FIRST, 42, 45), Relation.CONTINUES, 0L);
	}

	/**
	 * A plain failover loses nothing, so this cannot be; and what it lacks is not known.
	 */
	@Test
	void aReplicaThatBeganBeforeTheLastCommitIsNotTrusted() {
		assertThat(this.leader.compare(primary("b", FIRST, 39, 45)).isComplete()).isFalse();
		assertThat(this.leader.compare(primary("b", FIRST, null, 45))).isEqualTo(Comparison.UNKNOWN);
	}

	@Test
	void theReplicaThatLedBeforeIsOlder() {
		SqlServerHistory successor = primary("b", FIRST, 42, 45);
		assertRelation(successor, this.leader, Relation.BEHIND, 2560L);
		assertRelation(successor, primary("a", FIRST, 10, 43), Relation.DIVERGED, null);
		assertThat(successor.compare(primary("a", FIRST, 10, null))).isEqualTo(Comparison.UNKNOWN);
	}

	@Test
	void aForcedFailoverBeginsAForkAndMayLackCommits() {
		assertRelation(this.leader, primary("b", SECOND, 50, 60), Relation.CONTINUES, 0L);
		assertRelation(primary("a", FIRST, 10, 52), primary("b", SECOND, 50, 60), Relation.CONTINUES, 1024L);
		assertRelation(primary("a", FIRST, 10, null), primary("b", SECOND, 50, 60), Relation.CONTINUES, null);
	}

	@Test
	void theOldForkIsBehindUntilItGoesOnByItself() {
		SqlServerHistory forced = primary("b", SECOND, 50, 60);
		assertRelation(forced, this.leader, Relation.BEHIND, 10240L);
		assertRelation(forced, secondary(FIRST, 49), Relation.BEHIND, 5632L);
		assertRelation(forced, primary("a", FIRST, 10, 55), Relation.DIVERGED, null);
	}

	@Test
	void forksWithAnotherOneInBetweenAreNotCompared() {
		assertThat(this.leader.compare(primary("b", THIRD, 70, 80))).isEqualTo(Comparison.UNKNOWN);
		assertThat(primary("b", THIRD, 70, 80).compare(this.leader)).isEqualTo(Comparison.UNKNOWN);
	}

	@Test
	void rolesThatMirroringHasSwitchedAreCounted() {
		SqlServerHistory principal = principal("a", 3, 41, 40);
		assertRelation(principal, principal("b", 4, 41, 60), Relation.CONTINUES, 0L);
		assertRelation(principal, principal("b", 4, 39, 60), Relation.CONTINUES, 512L);
		assertRelation(principal("b", 4, 41, 60), principal, Relation.BEHIND, 10240L);
		assertThat(principal.compare(principal("b", 3, 41, 60)).relation()).isEqualTo(Relation.UNKNOWN);
	}

	@Test
	void anotherDatabaseIsForeignAndAnotherKindIsUnknown() {
		SqlServerHistory other = new SqlServerHistory(new Database("other", null, null), "a", FIRST, null, lsn(40));
		assertRelation(this.leader, other, Relation.FOREIGN, null);
		assertThat(this.leader.compare(new GenerationHistory("orders", 1L, 40L))).isEqualTo(Comparison.UNKNOWN);
	}

	@Test
	void onlyAServerThatTheOthersAgreedOnIsPromoted() {
		assertThat(this.leader.isPromoted()).isTrue();
		assertThat(secondary(FIRST, 40).isPromoted()).isFalse();
	}

	@Test
	void holdsWhatWasCommittedBefore() {
		LogPosition position = Objects.requireNonNull(this.leader.position());
		assertThat(secondary(FIRST, 40).holds(position)).isTrue();
		assertThat(secondary(FIRST, 39).holds(position)).isFalse();
		assertThat(secondary(FIRST, null).holds(position)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> this.leader.holds(new LogPosition("0/1")))
			.withMessageContaining("SQL Server");
	}

	@Test
	void isShownWithoutAPosition() {
		assertThat(this.leader).hasToString("orders/fork1");
		assertThat(new SqlServerHistory(ORDERS, null, null, null, lsn(1))).hasToString("orders");
	}

	private static void assertRelation(History reference, History other, Relation relation, @Nullable Long lacks) {
		assertThat(reference.compare(other)).isEqualTo(new Comparison(relation, lacks));
	}

	private static SqlServerHistory primary(String server, Forks forks, @Nullable Integer since,
			@Nullable Integer position) {
		return new SqlServerHistory(ORDERS, server, forks, new Reign(0, lsn(since)), lsn(position));
	}

	private static SqlServerHistory principal(String server, int number, int since, int position) {
		return new SqlServerHistory(ORDERS, server, FIRST, new Reign(number, lsn(since)), lsn(position));
	}

	private static SqlServerHistory secondary(Forks forks, @Nullable Integer position) {
		return new SqlServerHistory(ORDERS, "b", forks, null, lsn(position));
	}

	private static @Nullable Lsn lsn(@Nullable Integer block) {
		return (block != null) ? Lsn.parse("37%010d00001".formatted(block)) : null;
	}

}
