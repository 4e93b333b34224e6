package dev.failover.internal.policy.exploration;

import dev.failover.internal.policy.exploration.Brain.Turn;

/**
 * Checks that hold after each event, whatever the truth is: they compare what the product
 * decided with what probes had shown it.
 */
final class Safety {

	private final Scenario scenario;

	private final int nodes;

	Safety(Scenario scenario) {
		this.scenario = scenario;
		this.nodes = scenario.nodes();
	}

	/**
	 * Returns the bit set of the {@link Check}s that an event violates.
	 * @param before the mind before it
	 * @param shown the knowledge after it, before the decision
	 * @param turn what the product made of it
	 * @param byOperator whether an operator caused it
	 */
	int violations(Mind before, Knowledge shown, Turn turn, boolean byOperator) {
		Brain brain = turn.brain();
		int violations = splitBrain(shown, brain);
		if (byOperator) {
			return violations;
		}
		if (before.brain().isPaused()) {
			return violations | (isSame(before.brain(), brain) ? 0 : Check.PAUSE.bit());
		}
		if (before.knowledge().ordered() && !turn.newEpoch()) {
			return violations;
		}
		return violations | writer(shown, turn) | reads(shown, brain) | left(before, shown, brain);
	}

	private int splitBrain(Knowledge shown, Brain brain) {
		return (brain.isSplitBrain() && shown.writers(this.nodes) < 2) ? Check.FALSE_SPLIT_BRAIN.bit() : 0;
	}

	private static boolean isSame(Brain before, Brain after) {
		return after.isPaused() && after.writes() == before.writes() && after.reads() == before.reads();
	}

	private int writer(Knowledge shown, Turn turn) {
		int node = turn.brain().writes();
		int server = (node != Brain.NOBODY) ? shown.server(node) : World.NONE;
		if (server == World.NONE) {
			return 0;
		}
		Check forbidden = shown.forbids(server, node, this.scenario);
		boolean older = shown.lead() == -1 && shown.hasSuccessor(server, this.nodes);
		boolean second = !turn.newEpoch() && shown.writer() != World.NONE && shown.writer() != server
				&& Observation.writable(shown.shown(server));
		return ((forbidden != null) ? forbidden.bit() : 0) | (second ? Check.EPOCH.bit() : 0)
				| (older ? Check.OLDER.bit() : 0);
	}

	private int reads(Knowledge shown, Brain brain) {
		if (brain.writes() != Brain.NOBODY) {
			return 0;
		}
		for (int node = 0; node < this.nodes; node++) {
			boolean reads = (brain.reads() & (1 << node)) != 0;
			if (reads && shown.writable(node)) {
				return Check.WRITABLE_READS.bit();
			}
		}
		return 0;
	}

	private int left(Mind before, Knowledge shown, Brain brain) {
		int node = before.brain().writes();
		if (node == Brain.NOBODY || node == brain.writes()) {
			return 0;
		}
		int server = shown.server(node);
		boolean works = server != World.NONE && server == before.knowledge().writer()
				&& Observation.writable(shown.shown(server)) && !shown.isOutdated(node);
		int next = (brain.writes() != Brain.NOBODY) ? shown.server(brain.writes()) : World.NONE;
		boolean restarted = Observation.process(shown.shown(server)) != Observation
			.process(before.knowledge().shown(server));
		boolean chosen = before.knowledge().ordered() && Observation.writable(before.knowledge().shown(next))
				&& !restarted;
		boolean newer = this.scenario.variant().followNewest() && !chosen && shown.isSuccessor(next, server);
		return (works && next != server && !newer && !shown.hasMovedOn()
				&& !shown.mayRefuse(server, node, this.scenario)) ? Check.UNPROVEN.bit() : 0;
	}

}
