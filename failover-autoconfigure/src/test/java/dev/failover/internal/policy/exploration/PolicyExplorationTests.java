package dev.failover.internal.policy.exploration;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.policy.exploration.PolicyBrain.Rules;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Explores the policy with the bounds that {@link Scenarios} states.
 */
final class PolicyExplorationTests {

	@Test
	void holdsAllChecksInAllStates() {
		boolean wide = Boolean.getBoolean("exploration.wide");
		long begun = System.nanoTime();
		List<Exploration> explorations = scenarios(wide).parallel().map((scenario) -> explore(scenario, wide)).toList();
		double seconds = (System.nanoTime() - begun) / 1e9;
		long states = explorations.stream().mapToLong(Exploration::states).sum();
		System.out.printf("Exploration: %,d states, %.1f s, %,.0f states/s%n", states, seconds, states / seconds);
		assertThat(explorations.stream().flatMap(PolicyExplorationTests::violations)).isEmpty();
	}

	private static Stream<Scenario> scenarios(boolean wide) {
		return Stream.concat(Stream.of(Scenarios.Known.values()).map(Scenarios.Known::scenario),
				Scenarios.all(wide).stream());
	}

	private static Exploration explore(Scenario scenario, boolean wide) {
		Exploration exploration = new Explorer(scenario, PolicyBrain.start(new Rules(false, false), scenario.nodes()),
				Scenarios.limit(wide))
			.explore();
		System.out.println(exploration);
		return exploration;
	}

	private static Stream<String> violations(Exploration exploration) {
		return exploration.violated()
			.stream()
			.map((check) -> exploration.scenario() + ": " + check + "\n" + exploration.trace(check));
	}

}
