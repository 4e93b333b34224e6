package dev.failover.internal.policy.exploration;

import java.util.EnumMap;
import java.util.Map;

/**
 * Visits all states of a scenario, those that need the fewest steps first, and keeps for
 * each {@link Check} the first state that violates it.
 */
final class Explorer {

	/** State that the first one was reached from. */
	private static final int NOWHERE = -1;

	private final Scenario scenario;

	private final Steps steps;

	private final int[] all;

	private final Minds minds;

	private final Liveness liveness;

	private final States states = new States();

	private final World world;

	private final Map<Check, Violation> violations = new EnumMap<>(Check.class);

	private final int limit;

	private int found;

	/**
	 * Creates an explorer.
	 * @param limit number of states after which it gives up
	 */
	Explorer(Scenario scenario, Brain brain, int limit) {
		this.scenario = scenario;
		this.steps = new Steps(scenario);
		this.all = this.steps.all();
		this.minds = new Minds(brain, scenario);
		this.liveness = new Liveness(scenario, this.minds);
		this.limit = limit;
		this.world = new World(scenario);
	}

	/**
	 * Visits all states.
	 */
	Exploration explore() {
		long begun = System.nanoTime();
		World start = World.initial(this.scenario);
		add(start.first(), start.second(), 0, NOWHERE);
		int next = 0;
		while (next < this.states.size() && this.states.size() < this.limit) {
			expand(next++);
		}
		return new Exploration(this.scenario, this.states.size(), next == this.states.size(), this.minds.count(),
				this.minds.turns(), System.nanoTime() - begun, this.violations,
				new Narrator(this.scenario, this.states, this.minds));
	}

	private void expand(int state) {
		long first = this.states.first(state);
		long second = this.states.second(state);
		int mind = this.states.mind(state);
		for (int step : this.all) {
			this.world.load(first, second);
			int event = this.steps.take(this.world, step);
			if (event == Steps.IMPOSSIBLE) {
				continue;
			}
			long result = (event != Steps.UNNOTICED) ? this.minds.after(mind, event) : mind;
			int after = Minds.mindOf(result);
			if (after == mind && event != Steps.UNNOTICED && !Minds.isLearned(event)) {
				continue;
			}
			note(Minds.violationsOf(result), state, step);
			add(this.world.first(), this.world.second(), after, state);
		}
	}

	private void add(long first, long second, int mind, int parent) {
		if (this.states.add(first, second, mind, parent)) {
			this.world.load(first, second);
			note(this.liveness.violations(this.world, mind), this.states.size() - 1, Violation.NO_STEP);
		}
	}

	private void note(int bits, int state, int step) {
		if ((bits & ~this.found) == 0) {
			return;
		}
		for (Check check : Check.values()) {
			if ((bits & ~this.found & check.bit()) != 0) {
				this.violations.put(check, new Violation(check, state, step));
			}
		}
		this.found |= bits;
	}

}
