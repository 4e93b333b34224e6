package dev.failover.internal.replication;

import java.time.Instant;
import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Verification}.
 */
final class VerificationTests {

	private static final NodeReadings LEADER = readings(Role.WRITABLE, new History("one", 3L), null);

	@ParameterizedTest(name = "{0}")
	@MethodSource("followers")
	void givesTheReasonWhyAFollowerIsNotVerified(String name, NodeReadings leading, NodeReadings following,
			@Nullable String problem) {
		Verification verification = Verification.of(leading, following);
		assertThat(verification.problem()).isEqualTo(problem);
		assertThat(verification.verified()).isEqualTo(problem == null);
	}

	static Stream<Arguments> followers() {
		History same = new History("one", null);
		ReplicationReading receiving = new ReplicationReading(true, 3L, null, 0);
		return Stream.of(arguments("it follows", LEADER, readings(Role.READ_ONLY, same, receiving), null),
				arguments("it follows, and cannot read the generation", LEADER,
						readings(Role.READ_ONLY, same, new ReplicationReading(true, null, null, 0)), null),
				arguments("the leader's generation is unknown", readings(Role.WRITABLE, new History("one", null), null),
						readings(Role.READ_ONLY, same, receiving), null),
				arguments("nothing was read of the leader", NodeReadings.NONE,
						readings(Role.READ_ONLY, same, receiving),
						"its history could not be compared with the leader's"),
				arguments("its history could not be read", LEADER, readings(Role.READ_ONLY, null, receiving),
						"its history could not be compared with the leader's"),
				arguments("it is foreign", LEADER, readings(Role.READ_ONLY, new History("two", 3L), receiving),
						"it replicates database two, the leader is one"),
				arguments("its replication could not be read", LEADER, readings(Role.READ_ONLY, same, null),
						"its replication could not be read"),
				arguments("it was promoted", LEADER, readings(Role.WRITABLE, new History("one", 4L), receiving),
						"it accepted writes when it was last read"),
				arguments("it is cut off", LEADER,
						readings(Role.READ_ONLY, same, new ReplicationReading(false, 3L, null, 0)),
						"it is not receiving the log of a leader"),
				arguments("it follows another", LEADER,
						readings(Role.READ_ONLY, same, new ReplicationReading(true, 2L, null, 0)),
						"it follows generation 2, the leader writes generation 3"));
	}

	private static NodeReadings readings(Role role, @Nullable History history,
			@Nullable ReplicationReading replication) {
		return NodeReadings.NONE.with(new Reading(role, history, 100L), Instant.EPOCH).with(replication, Instant.EPOCH);
	}

}
