package dev.failover.internal.policy.exploration;

import java.util.Map;
import java.util.Set;

/**
 * Result of an exploration.
 *
 * @param scenario what was explored
 * @param states number of states
 * @param complete whether these are all states of the scenario
 * @param minds number of different minds
 * @param turns number of events that the product was asked about
 * @param nanos time that it took
 * @param violations the first violation of each check that failed
 * @param narrator tells how a state was reached
 */
record Exploration(Scenario scenario, int states, boolean complete, int minds, int turns, long nanos,
		Map<Check, Violation> violations, Narrator narrator) {

	Set<Check> violated() {
		return this.violations.keySet();
	}

	/**
	 * Returns the number of steps to the first violation of a check.
	 */
	int steps(Check check) {
		return this.narrator.steps(violation(check));
	}

	/**
	 * Returns the shortest way to a violation, in sentences.
	 */
	String trace(Check check) {
		return this.narrator.tell(violation(check));
	}

	private Violation violation(Check check) {
		Violation violation = this.violations.get(check);
		if (violation == null) {
			throw new IllegalArgumentException("Nothing violates: " + check);
		}
		return violation;
	}

	@Override
	public String toString() {
		double seconds = this.nanos / 1e9;
		return String.format("%s: %,d states%s, %,d minds, %,d decisions, %.1f s, %,.0f states/s; violated: %s",
				this.scenario, this.states, this.complete ? "" : " (stopped there)", this.minds, this.turns, seconds,
				this.states / seconds, violated().stream().map(Check::name).toList());
	}

}
