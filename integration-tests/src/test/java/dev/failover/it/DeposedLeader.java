package dev.failover.it;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pairs with two mirrors for tests of a leader that is deposed while it lives.
 */
public final class DeposedLeader {

	private static final Logger logger = LoggerFactory.getLogger(DeposedLeader.class);

	private DeposedLeader() {
	}

	/**
	 * Creates the table and waits until the application knows the followers of its
	 * leader.
	 */
	public static void prepare(Application application, String... followers) {
		PacedWriters.createTable(application.jdbc());
		application.awaitReady();
		awaitFollowers(application, followers);
	}

	public static List<String> nodes(EmbeddedPair pair, String... mirrors) {
		List<String> all = new ArrayList<>(Application.connection(pair));
		all.remove(all.size() - 1);
		for (String mirror : mirrors) {
			all.add("failover.mirrors." + mirror + ".url=" + pair.node(mirror).jdbcUrl());
		}
		return all;
	}

	private static void awaitFollowers(Application application, String... mirrors) {
		for (String mirror : mirrors) {
			application.await(mirror + " is verified", () -> application.node(mirror).replication() != null
					&& application.node(mirror).replication().verified());
		}
	}

	/**
	 * Waits until a server shows that it replicates the history of another one.
	 * @return the time at which it did
	 */
	public static long awaitFollowing(EmbeddedNode follower, EmbeddedNode leader) throws SQLException {
		Integer timeline = ServerSql.query(leader,
				"select ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int", Integer.class);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.ignoreExceptions()
			.until(() -> ServerSql
				.queryForList(follower, "select received_tli from pg_stat_wal_receiver", Integer.class)
				.contains(timeline));
		return System.nanoTime();
	}

	/**
	 * Checks that the leader was left soon after its deposition could be seen, with room
	 * for a busy machine.
	 */
	public static void checkDetection(Application application, long nanos) {
		logger.info("Left {} ms after the deposition could be seen", Duration.ofNanos(nanos).toMillis());
		assertThat(Duration.ofNanos(nanos)).isLessThan(application.state().detectionBudget().multipliedBy(5));
	}

	public static List<Long> lostSince(PacedWriters writers, long since, EmbeddedNode survivor) throws SQLException {
		Set<Long> stored = PacedWriters.stored(survivor);
		return writers.successesSince(since)
			.stream()
			.filter((attempt) -> attempt.started() - since > 0)
			.map(PacedWriters.Attempt::id)
			.filter((id) -> !stored.contains(id))
			.toList();
	}

}
