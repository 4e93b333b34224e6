package dev.failover.actuator;

import java.util.List;
import java.util.Map;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.FailoverState;
import dev.failover.FailoverStateFixture;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.PoolStats;
import dev.failover.Route;
import dev.failover.StubFailover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailoverHealthIndicator}.
 */
class FailoverHealthIndicatorTests {

	@Test
	void upWhileTheWriteRouteWorks() {
		Health health = health(FailoverStateFixture.normal());
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsExactly(Map.entry("mode", Mode.NORMAL), Map.entry("epoch", 1L),
				Map.entry("automatic", true), Map.entry("ready", true), Map.entry("conditions", List.of()),
				Map.entry("nodes", Map.of("primary",
						Map.of("address", "primary.example:1/orders", "state", "UP", "role", "WRITABLE"), "mirror",
						Map.of("address", "mirror.example:1/orders", "state", "UP", "role", "READ_ONLY"))));
	}

	@Test
	void upInReadOnlyWhileTheReadRouteWorks() {
		Health health = health(FailoverStateFixture.readOnly());
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("mode", Mode.READ_ONLY)
			.containsEntry("conditions", List.of("DOWN of node 'primary': It does not answer"));
	}

	@Test
	void downWhenNoNodeCanBeUsed() {
		assertThat(health(FailoverStateFixture.unavailable()).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void downWhenPausedOnALostNode() {
		Health health = health(FailoverStateFixture.pausedOnLostPrimary());
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("mode", Mode.UNAVAILABLE)
			.containsEntry("automatic", false)
			.containsEntry("conditions",
					List.of("DOWN of node 'primary': It does not answer", "PAUSED: An operator paused it"));
	}

	@ParameterizedTest
	@CsvSource({ "0, DOWN", "1, UP" })
	void downWhileTheServingNodeRefusesLoginsAndItsPoolIsEmpty(int connections, String status) {
		FailoverState normal = FailoverStateFixture.normal();
		FailoverState state = FailoverStateFixture.state(normal.route(), List.of(),
				List.of(FailoverStateFixture.impaired(FailoverStateFixture.PRIMARY), FailoverStateFixture.follower()),
				List.of());
		PoolStats pool = new PoolStats(0, connections, connections, 10, 0);
		Health health = new FailoverHealthIndicator(new StubFailover(() -> state, pool)).health();
		assertThat(health.getStatus().getCode()).isEqualTo(status);
	}

	@Test
	void upWhileANodeThatDoesNotServeRefusesLogins() {
		FailoverState normal = FailoverStateFixture.normal();
		FailoverState state = FailoverStateFixture.state(normal.route(), List.of(),
				List.of(FailoverStateFixture.leader(), FailoverStateFixture.impaired(FailoverStateFixture.MIRROR)),
				List.of());
		assertThat(health(state).getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void downWhileTheEngineDoesNotWork() {
		Condition condition = new Condition(Kind.ENGINE_DOWN, null, FailoverStateFixture.START, "It has ended");
		FailoverState normal = FailoverStateFixture.normal();
		Health health = health(
				FailoverStateFixture.state(normal.route(), List.of(condition), normal.nodes(), List.of()));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("conditions", List.of("ENGINE_DOWN: It has ended"))
			.containsEntry("ready", false);
	}

	@Test
	void unknownBeforeTheFirstRoute() {
		assertThat(health(FailoverStateFixture.undecided()).getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void downWhenAllNodesAreKnownAndThereIsNoRoute() {
		FailoverState state = FailoverStateFixture.state(Route.undecided(FailoverStateFixture.START), List.of(),
				FailoverStateFixture.unavailable().nodes(), List.of());
		assertThat(health(state).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void downWhenTheRouteNamesAnUnknownNode() {
		Node unknown = new Node("unknown");
		FailoverState state = FailoverStateFixture.state(FailoverStateFixture.route(unknown, unknown, Mode.FAILED_OVER),
				List.of(), FailoverStateFixture.normal().nodes(), List.of());
		assertThat(health(state).getStatus()).isEqualTo(Status.DOWN);
	}

	private static Health health(FailoverState state) {
		return new FailoverHealthIndicator(new StubFailover(() -> state)).health();
	}

}
