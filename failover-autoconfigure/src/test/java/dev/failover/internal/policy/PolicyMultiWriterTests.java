package dev.failover.internal.policy;

import java.time.Duration;
import java.util.stream.Stream;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.FOLLOWED;
import static dev.failover.NodeStatusFixture.IN_STEP;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.foreign;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.verified;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.INDEPENDENT;
import static dev.failover.internal.policy.PolicyScenario.MULTI_WRITER;
import static dev.failover.internal.policy.PolicyScenario.failedOver;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Policy}: transition table of the topology {@code multi-writer}.
 */
class PolicyMultiWriterTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("multiWriter")
	void movesTheRoute(String name, PolicyScenario scenario, Mode mode, @Nullable Node writes, @Nullable Node reads,
			Cause cause) {
		scenario.assertMoves(mode, writes, reads, cause);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("multiWriterStays")
	void keepsTheRoute(String name, PolicyScenario scenario) {
		scenario.assertStays();
	}

	static Stream<Arguments> multiWriter() {
		return Stream.of(
				arguments("multi-writer: the primary is lost",
						normal(down(PRIMARY), promoted(MIRROR, 1, IN_STEP)).with(MULTI_WRITER), Mode.FAILED_OVER,
						MIRROR, MIRROR, Cause.NODE_LOST),
				arguments("multi-writer: failback after the minimum stay",
						failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER)
							.after(PolicyScenario.MIN_STAY, 0),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.FAILBACK),
				arguments("multi-writer: failback after a stay doubled twice",
						failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER)
							.after(PolicyScenario.MIN_STAY.multipliedBy(4), 2),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.FAILBACK),
				arguments("multi-writer: the mirror is lost before the minimum stay",
						failedOver(promoted(PRIMARY, 2, IN_STEP), down(MIRROR)).with(MULTI_WRITER)
							.after(Duration.ofSeconds(1), 0),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_LOST),
				arguments("two independent writers: the primary is lost",
						normal(down(PRIMARY), foreign(MIRROR)).with(INDEPENDENT), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.NODE_LOST),
				arguments("two independent writers: failback after the minimum stay",
						failedOver(promoted(PRIMARY, 1, null), foreign(MIRROR)).with(INDEPENDENT)
							.after(PolicyScenario.MIN_STAY, 0),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.FAILBACK));
	}

	static Stream<Arguments> multiWriterStays() {
		PolicyScenario back = failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER);
		return Stream
			.of(arguments("multi-writer: before the minimum stay", back.after(Duration.ofMillis(29_999), 0)),
					arguments("multi-writer: before a stay doubled twice", back.after(Duration.ofMillis(119_999),
							2)),
					arguments("multi-writer: manual failback", back.after(Duration.ofDays(1), 0).withManualFailback()),
					arguments("multi-writer: both take writes, and the primary has them",
							normal(writable(PRIMARY, 1), promoted(MIRROR, 1, IN_STEP)).with(MULTI_WRITER)),
					arguments("multi-writer: the primary is not caught up",
							failedOver(promoted(PRIMARY, 2, verified(Duration.ofSeconds(11))), writable(MIRROR, 2))
								.with(MULTI_WRITER)
								.after(Duration.ofDays(1), 0)),
					arguments("multi-writer: the primary is not known to replicate the mirror",
							failedOver(promoted(PRIMARY, 2, FOLLOWED), writable(MIRROR, 2)).with(MULTI_WRITER)
								.after(Duration.ofDays(1), 0)),
					arguments("multi-writer: the primary is read-only",
							failedOver(standby(PRIMARY, 2), writable(MIRROR, 2)).with(MULTI_WRITER)
								.after(Duration.ofDays(1), 0)));
	}

}
