package dev.failover.internal.policy.exploration;

import java.util.List;

import dev.failover.internal.policy.exploration.Scenario.Bounds;

/**
 * The scenarios that are explored, and how far: the one place where bounds are stated.
 */
final class Scenarios {

	/** Faults as a cluster manager causes and repairs them. */
	private static final Act[] MANAGED = { Act.KILL, Act.RESTART, Act.PROMOTE, Act.STEP_DOWN, Act.DEMOTE, Act.REJOIN,
			Act.REPLICATE, Act.WRITE };

	private static final Act[] LINKS = { Act.CUT, Act.RECONNECT };

	private static final Act[] LATE = { Act.ASK, Act.DELIVER };

	private static final Act[] ACCIDENTS = { Act.TEST_PROMOTE, Act.RESTORE, Act.REPLACE, Act.REPLACE_ALL, Act.SPOIL,
			Act.RECOVER };

	private static final Act[] NAMES = { Act.MOVE, Act.VANISH, Act.COINCIDE };

	private static final Act[] OPERATIONS = { Act.PAUSE, Act.RESUME, Act.SWITCHOVER, Act.FORCE };

	private Scenarios() {
	}

	/**
	 * Returns the number of states of a scenario after which the exploration stops: those
	 * that need the fewest steps are visited first.
	 */
	static int limit(Variant variant, boolean wide) {
		boolean all = variant == Variant.DEFAULT;
		int states = wide ? (all ? 200_000 : 50_000) : (all ? 10_000 : 1_000);
		return Integer.getInteger("exploration.limit", states);
	}

	/**
	 * Returns the scenarios.
	 * @param wide whether with the bounds of the continuous integration, or with those of
	 * every build
	 */
	static List<Scenario> all(boolean wide) {
		Scenario pair = Scenario.pair("pair").with(MANAGED);
		Scenario services = pair.with(Naming.SERVICES, true).with(NAMES);
		Scenario three = pair.withServers(3, 2);
		return List.of(pair.titled("pair, links").with(LINKS).with(wide ? bounds(2, 2, 4, 0) : bounds(1, 1, 2, 0)),
				pair.titled("pair, late answers").with(LATE).with(wide ? bounds(1, 2, 3, 0) : bounds(1, 1, 2, 0)),
				pair.titled("pair, accidents").with(ACCIDENTS).with(wide ? bounds(2, 2, 3, 0) : bounds(1, 1, 2, 0)),
				pair.titled("pair, operators")
					.with(OPERATIONS)
					.with(Act.TEST_PROMOTE)
					.with(wide ? bounds(1, 2, 3, 2) : bounds(0, 1, 2, 1)),
				pair.titled("pair, the wrong way round").ledBy(1).with(wide ? bounds(2, 3, 4, 0) : bounds(1, 1, 2, 0)),
				services.titled("services, sessions stay").with(wide ? bounds(1, 2, 3, 0) : bounds(0, 1, 2, 0)),
				services.titled("services, late answers")
					.with(LATE)
					.with(wide ? bounds(0, 2, 2, 0) : bounds(0, 1, 1, 0)),
				services.titled("services, sessions are cut")
					.with(Naming.SERVICES, false)
					.with(wide ? bounds(1, 2, 3, 0) : bounds(0, 1, 2, 0)),
				services.titled("services, accidents and operators")
					.with(ACCIDENTS)
					.with(OPERATIONS)
					.with(wide ? bounds(0, 1, 2, 1) : bounds(0, 1, 1, 1)),
				pair.titled("virtual address")
					.with(Naming.VIRTUAL_ADDRESS, true)
					.with(NAMES)
					.with(LINKS)
					.with(wide ? bounds(1, 2, 3, 0) : bounds(0, 1, 2, 0)),
				three.titled("three servers, two nodes").with(wide ? bounds(1, 2, 3, 0) : bounds(0, 1, 2, 0)),
				three.titled("three servers, two nodes, test promotion")
					.with(Act.TEST_PROMOTE)
					.with(wide ? bounds(0, 2, 3, 0) : bounds(0, 1, 2, 0)),
				three.titled("three nodes").withServers(3, 3).with(wide ? bounds(0, 2, 2, 0) : bounds(0, 1, 1, 0)),
				three.titled("three nodes, virtual address")
					.withServers(3, 3)
					.with(Naming.VIRTUAL_ADDRESS, true)
					.with(Act.MOVE)
					.with(wide ? bounds(0, 1, 2, 0) : bounds(0, 1, 1, 0)));
	}

	private static Bounds bounds(int writes, int promotions, int faults, int operations) {
		return new Bounds(writes, promotions, faults, operations);
	}

	/**
	 * Situations of {@code world.md}, kind A: the smallest scenario in which each occurs,
	 * and the check that it violates.
	 */
	enum Known {

		A1(Scenario.pair("-rw and -ro services, sessions stay")
			.with(Naming.SERVICES, true)
			.with(MANAGED)
			.with(Act.MOVE)
			.with(bounds(0, 1, 2, 0)), Check.WHOLE),

		A1_SPLIT_BRAIN(A1.scenario, Check.FALSE_SPLIT_BRAIN),

		A2(Scenario.pair("services that cut sessions")
			.with(Naming.SERVICES, false)
			.with(MANAGED)
			.with(Act.MOVE, Act.VANISH)
			.with(bounds(0, 1, 3, 0)), Check.SINGLE_POOL),

		A3(Scenario.pair("virtual address, two failovers")
			.with(Naming.VIRTUAL_ADDRESS, false)
			.with(MANAGED)
			.with(Act.MOVE)
			.with(bounds(0, 2, 4, 0)), Check.WHOLE),

		A3_SPLIT_BRAIN(A3.scenario, Check.FALSE_SPLIT_BRAIN),

		A5(Scenario.pair("the agent dies, its server lives")
			.withServers(3, 2)
			.with(Act.PROMOTE, Act.REJOIN)
			.with(bounds(0, 1, 1, 0)), Check.DEPOSED),

		A6(Scenario.pair("the wrong way round").ledBy(1), Check.WHOLE),

		A7(Scenario.pair("a new cluster behind both names").with(Act.KILL, Act.REPLACE_ALL).with(bounds(0, 0, 2, 0)),
				Check.WHOLE),

		A7_ONE_SERVER(Scenario.pair("both names lead to one server of a new cluster")
			.with(Naming.SERVICES, true)
			.with(Act.REPLACE_ALL, Act.COINCIDE)
			.with(bounds(0, 0, 2, 0)), Check.SINGLE_POOL),

		A8(Scenario.pair("READ_ONLY, and the node that serves reads becomes writable")
			.with(Act.KILL, Act.REPLACE)
			.with(bounds(0, 0, 2, 0)), Check.WRITABLE_READS),

		A9(Scenario.pair("start after a failover, no generations")
			.with(Act.KILL, Act.PROMOTE, Act.REJOIN)
			.with(bounds(0, 1, 2, 0))
			.withoutGenerations(), Check.WHOLE),

		A9_OLDER(Scenario.pair("start beside a stale primary, no generations")
			.withServers(3, 3)
			.with(Act.PROMOTE, Act.REJOIN)
			.with(bounds(0, 1, 1, 0))
			.withoutGenerations(), Check.OLDER);

		private final Scenario scenario;

		private final Check check;

		Known(Scenario scenario, Check check) {
			this.scenario = scenario;
			this.check = check;
		}

		Scenario scenario() {
			return this.scenario;
		}

		Check check() {
			return this.check;
		}

	}

}
