package dev.failover.internal.policy.exploration;

import java.util.stream.IntStream;

/**
 * Checks what becomes of a state if nothing but probes happens any more: as the world is,
 * and after it has healed and operators have resumed automatic changes. Results are kept:
 * they depend on the mind and on what the probes will find only.
 */
final class Liveness {

	/** Rounds of probes after which the route must be whole. */
	static final int ROUNDS = 8;

	private final Scenario scenario;

	private final Minds minds;

	private final LongMap still = new LongMap();

	private final LongMap healed = new LongMap();

	private final LongMap answers = new LongMap();

	private final int[] observations;

	Liveness(Scenario scenario, Minds minds) {
		this.scenario = scenario;
		this.minds = minds;
		this.observations = new int[scenario.nodes()];
	}

	/**
	 * Returns the bit set of the {@link Check}s that a state violates. Changes the world.
	 */
	int violations(World world, int mind) {
		world.renewSessions();
		int violations = this.minds.mind(mind).brain().isPaused() ? 0 : violations(this.still, world, mind, false);
		world.heal(this.scenario);
		int resumed = Minds.mindOf(this.minds.after(mind, Minds.RESUME));
		return violations | violations(this.healed, world, resumed, true);
	}

	private int violations(LongMap known, World world, int mind, boolean healed) {
		long key = ((long) mind << 32) | observe(world);
		long before = known.get(key);
		if (before != LongMap.ABSENT) {
			return (int) before;
		}
		Mind last = this.minds.mind(settle(mind));
		int violations = healed ? whole(last) : singlePool(last) | newest(last);
		known.put(key, violations);
		return violations;
	}

	/**
	 * Lets all nodes be probed, and numbers what was found.
	 */
	private int observe(World world) {
		long number = 0;
		for (int node = 0; node < this.observations.length; node++) {
			this.observations[node] = world.probe(node, false);
			long key = number << Observation.BITS | this.observations[node];
			number = this.answers.get(key);
			if (number == LongMap.ABSENT) {
				number = this.answers.size() + 1;
				this.answers.put(key, number);
			}
		}
		return (int) number;
	}

	/**
	 * Returns the mind after rounds of probes that find what was found.
	 */
	private int settle(int mind) {
		int current = mind;
		for (int round = 0; round < ROUNDS; round++) {
			int before = current;
			for (int node = 0; node < this.observations.length; node++) {
				int event = Minds.noticed(Minds.learned(node, this.observations[node]));
				current = Minds.mindOf(this.minds.after(current, event));
			}
			current = Minds.mindOf(this.minds.after(current, Minds.PASS));
			if (current == before) {
				break;
			}
		}
		return current;
	}

	private int singlePool(Mind mind) {
		int primary = this.observations[0];
		if (!Observation.answered(primary) || mind.knowledge().ordered()
				|| mind.knowledge().mayRefuse(Observation.server(primary), 0, this.scenario)) {
			return 0;
		}
		boolean serves = Observation.writable(primary) ? takesWrites(mind.brain()) : servesReads(mind.brain());
		return serves ? 0 : Check.SINGLE_POOL.bit();
	}

	/**
	 * Checks that writes have left a server for one that was promoted from it and lacks
	 * nothing, if the settings want that and no operator has chosen between them.
	 */
	private int newest(Mind mind) {
		int server = mind.writer();
		if (!this.scenario.variant().followNewest() || server == World.NONE || mind.knowledge().ordered()) {
			return 0;
		}
		boolean left = IntStream.of(this.observations)
			.anyMatch((observation) -> mind.knowledge().isSuccessor(Observation.server(observation), server));
		return left ? Check.NEWEST.bit() : 0;
	}

	/**
	 * Checks that all work is served. If all names lead to one server, nobody else shows
	 * that it has replaced the leader.
	 */
	private int whole(Mind mind) {
		if (isOneServer() && mind.knowledge().mayRefuse(Observation.server(this.observations[0]), 0, this.scenario)) {
			return 0;
		}
		boolean reachable = false;
		for (int observation : this.observations) {
			reachable |= Observation.writable(observation);
		}
		boolean whole = servesReads(mind.brain())
				&& (reachable ? takesWrites(mind.brain()) : mind.brain().writes() == Brain.NOBODY);
		return (whole ? 0 : Check.WHOLE.bit()) | (mind.brain().isSplitBrain() ? Check.HEALED_SPLIT_BRAIN.bit() : 0);
	}

	private boolean isOneServer() {
		return IntStream.of(this.observations).map(Observation::server).distinct().count() == 1;
	}

	private boolean takesWrites(Brain brain) {
		return brain.writes() != Brain.NOBODY && Observation.writable(this.observations[brain.writes()]);
	}

	private boolean servesReads(Brain brain) {
		int working = 0;
		for (int node = 0; node < this.observations.length; node++) {
			boolean works = Observation.answered(this.observations[node])
					&& !Observation.unusable(this.observations[node]);
			working |= works ? 1 << node : 0;
		}
		return brain.reads() != 0 && (brain.reads() & ~working) == 0;
	}

}
