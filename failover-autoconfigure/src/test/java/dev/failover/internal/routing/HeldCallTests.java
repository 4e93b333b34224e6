package dev.failover.internal.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.failover.FailoverObserver.HeldRequest;
import dev.failover.Node;
import dev.failover.NodeStatusFixture;
import dev.failover.Route;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link HeldCall}.
 */
final class HeldCallTests {

	private static final Route ROUTE = Route.undecided(Instant.EPOCH);

	private final List<Node> ended = new ArrayList<>();

	@Test
	void aCallThatWaitsTwiceIsToldOfOnce() {
		HeldCall call = call((route, node, held) -> this.ended.add(node));
		call.waits();
		call.waits();
		call.served(NodeStatusFixture.MIRROR);
		call.end(ROUTE);
		assertThat(this.ended).containsExactly(NodeStatusFixture.MIRROR);
	}

	@Test
	void aCallThatDoesNotWaitIsNotToldOf() {
		call((route, node, held) -> this.ended.add(node)).end(ROUTE);
		assertThat(this.ended).isEmpty();
	}

	@Test
	void anErrorOfWhoListensDoesNotCostTheConnection() {
		HeldCall call = call((route, node, held) -> {
			throw new OutOfMemoryError("for the test");
		});
		call.waits();
		call.served(NodeStatusFixture.MIRROR);
		assertThatNoException().isThrownBy(() -> call.end(ROUTE));
	}

	private static HeldCall call(HeldRequest request) {
		return new HeldCall(RerouteListener.of(() -> {
		}, () -> request));
	}

}
