package dev.failover.internal.policy.exploration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.failover.internal.policy.exploration.Brain.Turn;

/**
 * All minds that were met, each with a number, and what each event makes of each. The
 * product is asked once for each pair, however many worlds it occurs in. Confined to one
 * thread.
 */
final class Minds {

	static final int PAUSE = 1;

	static final int RESUME = 2;

	/** Two seconds pass. */
	static final int PASS = 3;

	/** Plus the number of the node. */
	static final int SWITCHOVER = 4;

	/** Plus the number of the node. */
	static final int FORCE = 8;

	private static final int LEARN = 1 << 30;

	private static final int OVERTAKEN = Observation.BITS + 2;

	private static final int OUTDATED = 1 << (OVERTAKEN + World.SERVERS);

	private final Map<Mind, Integer> numbers = new HashMap<>();

	private final List<Mind> minds = new ArrayList<>();

	private final LongMap turns = new LongMap();

	private final Safety safety;

	private final Scenario scenario;

	Minds(Brain brain, Scenario scenario) {
		this.safety = new Safety(scenario);
		this.scenario = scenario;
		number(new Mind(brain, Knowledge.NOTHING));
	}

	/**
	 * Returns the part of an event that says which node was answered what.
	 */
	static int learned(int node, int observation) {
		return node << Observation.BITS | observation;
	}

	/**
	 * Returns the event in which the product learns an answer.
	 */
	static int noticed(int learned) {
		return learned | LEARN;
	}

	/**
	 * Returns a late answer after one of another node was learned.
	 */
	static int overtakenBy(int late, int learned) {
		boolean same = Observation.answered(observation(learned))
				&& Observation.server(observation(learned)) == Observation.server(observation(late));
		return late | 1 << (OVERTAKEN + node(learned)) | (same ? OUTDATED : 0);
	}

	/**
	 * Returns whether an answer is late and a newer one of the same server was learned.
	 */
	static boolean isOutdated(int event) {
		return (event & OUTDATED) != 0;
	}

	static int node(int event) {
		return (event >> Observation.BITS) & 3;
	}

	static int observation(int event) {
		return event & ((1 << Observation.BITS) - 1);
	}

	static int overtaken(int event) {
		return (event >> OVERTAKEN) & 7;
	}

	static boolean isLearned(int event) {
		return (event & LEARN) != 0;
	}

	int count() {
		return this.minds.size();
	}

	/**
	 * Returns the number of events that the product was asked about.
	 */
	int turns() {
		return this.turns.size();
	}

	Mind mind(int number) {
		return this.minds.get(number);
	}

	/**
	 * Returns the number of the mind after an event, and in the upper half the violated
	 * {@link Check}s.
	 */
	long after(int mind, int event) {
		long key = ((long) mind << 32) | event;
		long known = this.turns.get(key);
		if (known != LongMap.ABSENT) {
			return known;
		}
		long result = turn(this.minds.get(mind), event);
		this.turns.put(key, result);
		return result;
	}

	static int mindOf(long result) {
		return (int) result;
	}

	static int violationsOf(long result) {
		return (int) (result >> 32);
	}

	private long turn(Mind before, int event) {
		boolean learns = isLearned(event);
		Knowledge shown = learns ? before.knowledge().learn(node(event), observation(event), isOutdated(event))
				: before.knowledge();
		Turn turn = learns ? before.brain().learn(node(event), new Observation(observation(event)), overtaken(event))
				: operate(before.brain(), event);
		boolean byOperator = !learns && event >= SWITCHOVER;
		int violations = this.safety.violations(before, shown, turn, !learns && event != PASS);
		Knowledge after = shown.decided(turn.brain().writes(), turn.newEpoch(), byOperator, this.scenario);
		return ((long) violations << 32) | number(new Mind(turn.brain(), after));
	}

	private static Turn operate(Brain brain, int event) {
		return switch (event) {
			case PAUSE -> brain.pause(true);
			case RESUME -> brain.pause(false);
			case PASS -> brain.pass();
			default ->
				(event < FORCE) ? brain.switchover(event - SWITCHOVER, false) : brain.switchover(event - FORCE, true);
		};
	}

	private int number(Mind mind) {
		Integer known = this.numbers.get(mind);
		if (known != null) {
			return known;
		}
		this.numbers.put(mind, this.minds.size());
		this.minds.add(mind);
		return this.minds.size() - 1;
	}

}
