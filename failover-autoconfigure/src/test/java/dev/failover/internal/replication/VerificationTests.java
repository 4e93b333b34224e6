package dev.failover.internal.replication;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.stub.GenerationHistory;
import dev.failover.stub.SharedHistory;
import dev.failover.stub.VectorHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Verification}.
 */
final class VerificationTests {

	private static final NodeReadings LEADER = readings(Role.WRITABLE, new GenerationHistory("one", 3L), null);

	private static final NodeReadings SHARING = readings(Role.WRITABLE, new SharedHistory("one", 5), null);

	@ParameterizedTest(name = "{0}")
	@MethodSource("followers")
	void givesTheReasonWhyAFollowerIsNotVerified(String name, NodeReadings leading, NodeReadings following,
			@Nullable String problem) {
		Verification verification = Verification.of(leading, following);
		assertThat(verification.problem()).isEqualTo(problem);
		assertThat(verification.verified()).isEqualTo(problem == null);
	}

	static Stream<Arguments> followers() {
		History same = new GenerationHistory("one", null);
		ReplicationReading receiving = new ReplicationReading(true, null, null);
		return Stream.of(arguments("it follows", LEADER, readings(Role.READ_ONLY, same, receiving), null),
				arguments("it does not tell whether it receives a log", LEADER,
						readings(Role.READ_ONLY, same, new ReplicationReading(null, null, null)),
						"its replication could not be read"),
				arguments("the leader's generation is unknown",
						readings(Role.WRITABLE, new GenerationHistory("one", null), null),
						readings(Role.READ_ONLY, same, receiving), null),
				arguments("nothing was read of the leader", NodeReadings.NONE,
						readings(Role.READ_ONLY, same, receiving),
						"its history could not be compared with the leader's"),
				arguments("its history could not be read", LEADER, readings(Role.READ_ONLY, null, receiving),
						"its history could not be compared with the leader's"),
				arguments("it is foreign", LEADER,
						readings(Role.READ_ONLY, new GenerationHistory("two", 3L), receiving),
						"it replicates database two/3, the leader is one/3"),
				arguments("its replication could not be read", LEADER, readings(Role.READ_ONLY, same, null),
						"its replication could not be read"),
				arguments("it was promoted", LEADER,
						readings(Role.WRITABLE, new GenerationHistory("one", 4L), receiving),
						"it accepted writes when it was last read"),
				arguments("it takes writes in the leader's own history", LEADER,
						readings(Role.WRITABLE, same, receiving), "it accepted writes when it was last read"),
				arguments("it writes a history together with the leader", SHARING,
						readings(Role.WRITABLE, new SharedHistory("one", 4), receiving), null),
				arguments("its cluster does not wait for it", SHARING,
						readings(Role.WRITABLE, new SharedHistory("one", 4), new ReplicationReading(false, null, null)),
						"its cluster does not wait for it, as while it is a donor or desynchronized"),
				arguments("it is cut off", LEADER,
						readings(Role.READ_ONLY, same, new ReplicationReading(false, null, null)),
						"it is not receiving the log of a leader"),
				arguments("it follows another", LEADER,
						readings(Role.READ_ONLY, new GenerationHistory("one", 2L), receiving),
						"it follows history one/2, the leader writes history one/3"));
	}

	/**
	 * The text of a set of transactions names their writers only.
	 */
	@Test
	void saysWhatDiffersIfTheTextsOfTheHistoriesDoNot() {
		History leader = new VectorHistory("one", Map.of("a", 60L, "b", 5L));
		History follower = new VectorHistory("one", Map.of("a", 62L, "b", 4L));
		assertThat(follower).hasToString(leader.toString());
		assertThat(Verification
			.of(readings(Role.WRITABLE, leader, null),
					readings(Role.READ_ONLY, follower, new ReplicationReading(true, null, null)))
			.problem()).isEqualTo("it has transactions in history " + leader + " that the leader does not have");
	}

	@Test
	void namesWhatTheServersRefuseToTell() {
		Refusal history = new Refusal("pg_control_system()", "42501", "");
		Refusal log = new Refusal("pg_stat_wal_receiver", "42501", "");
		NodeReadings leading = refusing(history);
		assertThat(Verification.of(leading, refusing(history, log)).problem())
			.isEqualTo("its history could not be compared with the leader's; the server refuses pg_control_system(), "
					+ "pg_stat_wal_receiver (the finding 'refused-parts' has the remedy)");
		ReplicationReading unknown = new ReplicationReading(null, null, null, null, null, List.of(log));
		assertThat(Verification.of(LEADER, readings(Role.READ_ONLY, new GenerationHistory("one", null), unknown))
			.problem())
			.isEqualTo("its replication could not be read; the server refuses pg_stat_wal_receiver "
					+ "(the finding 'refused-parts' has the remedy)");
	}

	private static NodeReadings refusing(Refusal... refusals) {
		return NodeReadings.NONE.with(new Reading(Role.UNKNOWN, null, null, List.of(refusals)), Instant.EPOCH);
	}

	private static NodeReadings readings(Role role, @Nullable History history,
			@Nullable ReplicationReading replication) {
		return NodeReadings.NONE.with(new Reading(role, null, history), Instant.EPOCH).with(replication, Instant.EPOCH);
	}

}
