package dev.failover.internal.policy.exploration;

import java.util.EnumSet;
import java.util.Set;

/**
 * Part of the world to explore, and how far.
 *
 * @param title what is explored
 * @param topology servers and the names that lead to them
 * @param acts what may happen
 * @param bounds how often
 * @param variant settings of the product
 */
record Scenario(String title, Topology topology, Set<Act> acts, Bounds bounds, Variant variant) {

	/**
	 * Returns a pair of servers with fixed names, in which nothing happens yet but
	 * probes.
	 */
	static Scenario pair(String title) {
		return new Scenario(title, new Topology(2, 2, Naming.FIXED, false, 0, true),
				EnumSet.of(Act.PROBE, Act.RENEW, Act.WAIT), new Bounds(0, 0, 0, 0), Variant.DEFAULT);
	}

	Scenario titled(String title) {
		return new Scenario(title, this.topology, this.acts, this.bounds, this.variant);
	}

	Scenario with(Act... more) {
		Set<Act> all = EnumSet.copyOf(this.acts);
		all.addAll(Set.of(more));
		return new Scenario(this.title, this.topology, all, this.bounds, this.variant);
	}

	Scenario with(Bounds bounds) {
		return new Scenario(this.title, this.topology, this.acts, bounds, this.variant);
	}

	Scenario with(Variant variant) {
		return new Scenario(this.title, this.topology, this.acts, this.bounds, variant);
	}

	Scenario with(Naming naming, boolean sessionsStay) {
		return with(new Topology(servers(), nodes(), naming, sessionsStay, leader(), this.topology.generations()));
	}

	Scenario withServers(int servers, int nodes) {
		return with(new Topology(servers, nodes, naming(), sessionsStay(), leader(), this.topology.generations()));
	}

	Scenario ledBy(int leader) {
		return with(new Topology(servers(), nodes(), naming(), sessionsStay(), leader, this.topology.generations()));
	}

	Scenario withoutGenerations() {
		return with(new Topology(servers(), nodes(), naming(), sessionsStay(), leader(), false));
	}

	private Scenario with(Topology topology) {
		return new Scenario(this.title, topology, this.acts, this.bounds, this.variant);
	}

	int servers() {
		return this.topology.servers();
	}

	int nodes() {
		return this.topology.nodes();
	}

	Naming naming() {
		return this.topology.naming();
	}

	boolean sessionsStay() {
		return this.topology.sessionsStay();
	}

	boolean generations() {
		return this.topology.generations();
	}

	int leader() {
		return this.topology.leader();
	}

	@Override
	public String toString() {
		return (this.variant != Variant.DEFAULT) ? this.title + ", " + this.variant : this.title;
	}

	/**
	 * Servers, and the names that lead to them.
	 *
	 * @param servers number of servers
	 * @param nodes number of names in the configuration
	 * @param naming kind of these names
	 * @param sessionsStay whether open sessions stay with their server when a name moves
	 * @param leader the server that leads at the beginning
	 * @param generations whether the database has generations
	 */
	record Topology(int servers, int nodes, Naming naming, boolean sessionsStay, int leader, boolean generations) {
	}

	/**
	 * Limits of an exploration. All states within them are visited.
	 *
	 * @param writes number of writes
	 * @param promotions number of promotions
	 * @param faults number of faults, promotions among them
	 * @param operations number of acts of operators
	 */
	record Bounds(int writes, int promotions, int faults, int operations) {

		Bounds {
			if (writes + promotions > PackedHistory.MAX_EVENTS) {
				throw new IllegalArgumentException("More events than a history can hold");
			}
		}

	}

}
