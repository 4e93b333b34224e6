package dev.failover;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.failover.FailoverStateFixture.MIRROR;
import static dev.failover.FailoverStateFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FailoverState}.
 */
final class FailoverStateTests {

	@Test
	void theModeIsThatOfTheRouteWhileItsNodesServe() {
		assertThat(FailoverStateFixture.normal().mode()).isEqualTo(Mode.NORMAL);
		assertThat(FailoverStateFixture.readOnly().mode()).isEqualTo(Mode.READ_ONLY);
		assertThat(FailoverStateFixture.unavailable().mode()).isEqualTo(Mode.UNAVAILABLE);
		assertThat(FailoverStateFixture.undecided().mode()).isEqualTo(Mode.UNAVAILABLE);
	}

	@Test
	void nothingIsServedWhileTheRouteIsPausedOnALostNode() {
		assertThat(FailoverStateFixture.pausedOnLostPrimary().mode()).isEqualTo(Mode.UNAVAILABLE);
	}

	@Test
	void readsAreServedWhileOnlyTheNodeForWritesIsLost() {
		assertThat(lostPrimary(PRIMARY, MIRROR).mode()).isEqualTo(Mode.READ_ONLY);
		assertThat(lostPrimary(null, PRIMARY).mode()).isEqualTo(Mode.UNAVAILABLE);
		assertThat(lostPrimary(MIRROR, PRIMARY).mode()).isEqualTo(Mode.NORMAL);
	}

	@Test
	void anUnknownNodeHasNoStatus() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FailoverStateFixture.normal().status(new Node("elsewhere")))
			.withMessage("No node is named 'elsewhere'");
	}

	private static FailoverState lostPrimary(@Nullable Node writes, @Nullable Node reads) {
		return FailoverStateFixture.state(FailoverStateFixture.route(writes, reads, Mode.NORMAL), List.of(),
				List.of(FailoverStateFixture.lost(PRIMARY), FailoverStateFixture.follower()), List.of());
	}

}
