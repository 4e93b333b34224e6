package dev.failover.dialect.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading.Follower;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PostgresFollowers}.
 */
final class PostgresFollowersTests {

	private final PreparingSession session = new PreparingSession();

	private final Connection connection = this.session.connection();

	private final PostgresFollowers followers = new PostgresFollowers();

	private final List<Refusal> refusals = new ArrayList<>();

	@Test
	void aServerWithoutFollowersIsNotAskedForNames() throws SQLException {
		assertThat(read("today", "")).isEmpty();
		assertThat(this.session.executed()).isEmpty();
	}

	@Test
	void namesAreAskedOnceForTheSameProcesses() throws SQLException {
		this.session.answer("t", "71 mirror\n72 my mirror");
		for (int i = 0; i < 3; i++) {
			assertThat(read("today", "71 sync\n72 async")).containsExactly(new Follower("mirror", true),
					new Follower("my mirror", false));
		}
		assertThat(read("today", "71 async")).containsExactly(new Follower("mirror", false));
		assertThat(this.session.executed()).hasSize(1);
	}

	@Test
	void anotherProcessIsAskedForItsName() throws SQLException {
		this.session.answer("t", "71 mirror");
		read("today", "71 quorum");
		this.session.answer("t", "71 mirror\n72 other");
		assertThat(read("today", "71 quorum\n72 async")).containsExactly(new Follower("mirror", true),
				new Follower("other", false));
	}

	@Test
	void aProcessThatWasGoneIsAskedForItsNameAgain() throws SQLException {
		this.session.answer("t", "71 mirror");
		read("today", "71 sync");
		read("today", "");
		this.session.answer("t", "71 other");
		assertThat(read("today", "71 sync")).containsExactly(new Follower("other", true));
	}

	@Test
	void anotherServerIsAskedForNames() throws SQLException {
		this.session.answer("t", "71 mirror");
		read("today", "71 sync");
		this.session.answer("t", "71 other");
		assertThat(read("tomorrow", "71 sync")).containsExactly(new Follower("other", true));
	}

	@Test
	void aServerThatIsNotKnownIsAskedEachTime() throws SQLException {
		this.session.answer("t", "71 mirror");
		read(null, "71 sync");
		this.session.answer("t", "71 other");
		assertThat(read(null, "71 sync")).containsExactly(new Follower("other", true));
	}

	@Test
	void aFollowerWithoutAnswerHasNoName() throws SQLException {
		this.session.answer("t", "");
		assertThat(read("today", "71 sync")).containsExactly(new Follower(null, true));
	}

	@Test
	void followersWithoutAStateAreNotKnown() throws SQLException {
		this.session.answer("t", "71 mirror");
		assertThat(read("today", "71 ?")).isNull();
	}

	private @Nullable List<Follower> read(@Nullable String server, String senders) throws SQLException {
		return this.followers.read(this.connection, server, senders, this.refusals);
	}

}
