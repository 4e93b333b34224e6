package dev.failover.actuator;

import java.util.List;
import java.util.Map;

import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class FailoverHealthIndicatorTests {

	@Test
	void upWhileTheWriteRouteWorks() {
		Health health = health(FailoverStateFixture.normal());
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsExactly(Map.entry("mode", Mode.NORMAL), Map.entry("epoch", 1L),
				Map.entry("ready", true), Map.entry("conditions", List.of()),
				Map.entry("nodes", Map.of("primary", Map.of("state", "UP", "role", "WRITABLE"), "mirror",
						Map.of("state", "UP", "role", "READ_ONLY"))));
	}

	@Test
	void upInReadOnlyWhileTheReadRouteWorks() {
		Health health = health(FailoverStateFixture.readOnly());
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("mode", Mode.READ_ONLY)
			.containsEntry("conditions", List.of("DOWN of node 'primary'"));
	}

	@Test
	void downWhenNoNodeCanBeUsed() {
		assertThat(health(FailoverStateFixture.unavailable()).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void downWhenHeldOnALostNode() {
		Health health = health(FailoverStateFixture.pausedOnLostPrimary());
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("conditions", List.of("DOWN of node 'primary'", "PAUSED"));
	}

	@Test
	void unknownBeforeAnythingIsKnown() {
		assertThat(health(FailoverStateFixture.undecided()).getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void downWhenAllIsKnownAndNothingWasEverRouted() {
		FailoverState state = FailoverStateFixture.state(Route.undecided(FailoverStateFixture.START), List.of(),
				FailoverStateFixture.unavailable().nodes(), List.of());
		assertThat(health(state).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void downWhenTheStateContradictsItself() {
		Node stranger = new Node("stranger");
		FailoverState state = FailoverStateFixture.state(
				FailoverStateFixture.route(stranger, stranger, Mode.FAILED_OVER), List.of(),
				FailoverStateFixture.normal().nodes(), List.of());
		assertThat(health(state).getStatus()).isEqualTo(Status.DOWN);
	}

	private static Health health(FailoverState state) {
		return new FailoverHealthIndicator(() -> state).health();
	}

}
