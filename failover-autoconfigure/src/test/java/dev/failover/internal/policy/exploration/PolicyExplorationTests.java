package dev.failover.internal.policy.exploration;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Explores the policy with the bounds that {@link Scenarios} states.
 */
final class PolicyExplorationTests {

	@ParameterizedTest
	@EnumSource
	void holdsAllChecksInAllStates(Variant variant) {
		boolean wide = Boolean.getBoolean("exploration.wide");
		long begun = System.nanoTime();
		List<Exploration> explorations = scenarios(wide).map((scenario) -> scenario.with(variant))
			.parallel()
			.map((scenario) -> explore(scenario, wide))
			.toList();
		double seconds = (System.nanoTime() - begun) / 1e9;
		long states = explorations.stream().mapToLong(Exploration::states).sum();
		System.out.printf("Exploration %s: %,d states, %.1f s, %,.0f states/s%n", variant, states, seconds,
				states / seconds);
		assertThat(explorations.stream().flatMap(PolicyExplorationTests::violations)).isEmpty();
	}

	private static Stream<Scenario> scenarios(boolean wide) {
		return Stream.concat(Stream.of(Scenarios.Known.values()).map(Scenarios.Known::scenario),
				Scenarios.all(wide).stream());
	}

	private static Exploration explore(Scenario scenario, boolean wide) {
		Exploration exploration = new Explorer(scenario, PolicyBrain.start(scenario),
				Scenarios.limit(scenario.variant(), wide))
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
