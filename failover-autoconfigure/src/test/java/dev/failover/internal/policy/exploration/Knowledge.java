package dev.failover.internal.policy.exploration;

import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Facts that probes have shown so far, kept apart from the product, and how the route has
 * followed it: the measure of what the product should know. Immutable.
 *
 * @param server0 last {@link Observation} of the first server, under whatever name
 * @param server1 last observation of the second server
 * @param server2 last observation of the third server
 * @param nodes bits for each node: the process that answered last, whether the last probe
 * was answered, and whether as a writable server; whether a newer answer of that server
 * was seen under another name; whether the leader was seen later. Then the order of the
 * last answers, and for each server whether it left the leader after a promotion
 * @param lead {@link PackedHistory} of the server that last took writes, as it was last
 * seen by probes, or -1
 * @param leader that server, or {@link World#NONE}
 * @param followers bit set of the servers that were seen as its followers
 * @param writer the server that was seen to take writes in this epoch, or
 * {@link World#NONE}
 * @param ordered whether an operator has put the route where it is
 */
record Knowledge(int server0, int server1, int server2, int nodes, int lead, int leader, int followers, int writer,
		boolean ordered) {

	/** The product has followed a history that its server no longer shows. */
	private static final int MISLED = -2;

	private static final int NODE_BITS = 8;

	private static final int NODE = (1 << NODE_BITS) - 1;

	private static final int PROCESS = 15;

	private static final int ANSWERED = 16;

	private static final int WRITABLE = 32;

	private static final int OUTDATED = 64;

	private static final int EARLIER = 128;

	/** First of the bits that tell for two nodes which one answered last. */
	private static final int ORDER = NODE_BITS * World.SERVERS;

	/**
	 * First of the bits that tell for each server whether it left the leader once another
	 * server had been promoted.
	 */
	private static final int MOVED = ORDER + World.SERVERS;

	private static final int ALL_MOVED = ((1 << World.SERVERS) - 1) << MOVED;

	static final Knowledge NOTHING = new Knowledge(0, 0, 0, 0, -1, World.NONE, 0, World.NONE, false);

	/**
	 * Returns the last observation of a server, or 0.
	 */
	int shown(int server) {
		return switch (server) {
			case 0 -> this.server0;
			case 1 -> this.server1;
			case 2 -> this.server2;
			default -> Observation.SILENCE;
		};
	}

	/**
	 * Returns the server that answered the last probe of a node, or {@link World#NONE}.
	 */
	int server(int node) {
		int bits = this.nodes >> (NODE_BITS * node);
		return ((bits & ANSWERED) != 0) ? (bits & PROCESS) >> 2 : World.NONE;
	}

	/**
	 * Returns whether the last probe of a node was answered by a server that takes
	 * writes.
	 */
	boolean writable(int node) {
		return (this.nodes & (WRITABLE << (NODE_BITS * node))) != 0;
	}

	/**
	 * Returns whether the last answer of a node is older than another one of the same
	 * server, which its next probe will tell.
	 */
	boolean isOutdated(int node) {
		return (this.nodes & (OUTDATED << (NODE_BITS * node))) != 0;
	}

	/**
	 * Returns the knowledge after an answer.
	 * @param outdated whether a newer answer of the same server was learned before, so
	 * that it says something about the node only
	 */
	Knowledge learn(int node, int observation, boolean outdated) {
		int shift = NODE_BITS * node;
		int server = Observation.server(observation);
		if (!Observation.answered(observation)) {
			return withNodes(this.nodes & ~(NODE << shift));
		}
		int answer = ANSWERED | Observation.process(observation) | (Observation.writable(observation) ? WRITABLE : 0);
		Knowledge next = withNodes(this.nodes & ~(NODE << shift) | answer << shift);
		boolean leads = server == this.leader && Observation.process(shown(server)) == Observation.process(observation);
		next = next.withLast(node);
		next = leads ? next.withEarlier(node) : next;
		return outdated ? next.withOutdated(node)
				: next.withOthersOutdated(node, observation).withShown(server, observation);
	}

	private Knowledge withLast(int node) {
		int order = this.nodes;
		for (int other = 0; other < World.SERVERS; other++) {
			if (other != node) {
				int bit = 1 << (ORDER + node + other - 1);
				order = (node > other) ? order | bit : order & ~bit;
			}
		}
		return withNodes(order);
	}

	private boolean isAfter(int node, int other) {
		boolean set = (this.nodes & (1 << (ORDER + node + other - 1))) != 0;
		return set == (node > other);
	}

	/**
	 * Returns the knowledge once the leader was seen under the name of a node.
	 */
	private Knowledge withEarlier(int node) {
		int bits = this.nodes;
		for (int other = 0; other < World.SERVERS; other++) {
			int bit = EARLIER << (NODE_BITS * other);
			bits = (other != node && isAfter(node, other)) ? bits | bit : bits & ~bit;
		}
		return withNodes(bits);
	}

	private boolean isEarlier(int node) {
		return (this.nodes & (EARLIER << (NODE_BITS * node))) != 0;
	}

	private Knowledge withOutdated(int node) {
		return withNodes(this.nodes | OUTDATED << (NODE_BITS * node));
	}

	private Knowledge withOthersOutdated(int node, int observation) {
		Knowledge next = this;
		int server = Observation.server(observation);
		for (int other = 0; other < World.SERVERS; other++) {
			boolean same = other != node && server(other) == server && shown(server) != observation;
			next = same ? next.withOutdated(other) : next;
		}
		return next;
	}

	private Knowledge withNodes(int nodes) {
		return new Knowledge(this.server0, this.server1, this.server2, nodes, this.lead, this.leader, this.followers,
				this.writer, this.ordered);
	}

	private Knowledge withShown(int server, int observation) {
		if (this.followers != 0 && Observation.process(shown(server)) != Observation.process(observation)
				&& (this.followers & (1 << server)) != 0) {
			return withoutFollower(server).withShown(server, observation);
		}
		if (server == this.leader && !Observation.writable(observation)
				&& Observation.process(shown(server)) != Observation.process(observation)) {
			return new Knowledge(this.server0, this.server1, this.server2, this.nodes, this.lead, World.NONE, 0,
					this.writer, this.ordered)
				.withShown(server, observation);
		}
		if (testifies(server, observation)) {
			return new Knowledge((server == 0) ? observation : this.server0, (server == 1) ? observation : this.server1,
					(server == 2) ? observation : this.server2, this.nodes, Observation.history(observation),
					World.NONE, 0, this.writer, this.ordered);
		}
		boolean follows = this.leader != World.NONE && follows(observation, shown(this.leader));
		boolean other = this.leader != World.NONE && Observation.receiving(observation) && !follows
				&& !PackedHistory.continues(Observation.history(observation), this.lead);
		int left = other ? this.followers & ~(1 << server) : this.followers;
		return new Knowledge((server == 0) ? observation : this.server0, (server == 1) ? observation : this.server1,
				(server == 2) ? observation : this.server2, moved(server, follows, other), this.lead, this.leader,
				follows ? left | 1 << server : left, this.writer, this.ordered);
	}

	private int moved(int server, boolean follows, boolean other) {
		int bit = 1 << (MOVED + server);
		if (follows) {
			return this.nodes & ~bit;
		}
		boolean moved = other && (this.followers & (1 << server)) != 0
				&& IntStream.range(0, World.SERVERS).anyMatch((next) -> isPromoted(shown(next)));
		return moved ? this.nodes | bit : this.nodes;
	}

	private boolean isPromoted(int observation) {
		return Observation.writable(observation)
				&& PackedHistory.continues(Observation.history(observation), this.lead);
	}

	/**
	 * Returns whether a server that left the leader after a promotion has the history of
	 * the promoted server now. It may be taken for a witness.
	 */
	boolean hasMovedOn() {
		return this.lead >= 0 && IntStream.range(0, World.SERVERS)
			.anyMatch((server) -> (this.nodes & (1 << (MOVED + server))) != 0 && !Observation.writable(shown(server))
					&& PackedHistory.continues(Observation.history(shown(server)), this.lead));
	}

	/**
	 * Returns the knowledge without a follower: another process has taken its place,
	 * which may have followed anybody.
	 */
	private Knowledge withoutFollower(int server) {
		return new Knowledge(this.server0, this.server1, this.server2, this.nodes, this.lead, this.leader,
				this.followers & ~(1 << server), this.writer, this.ordered);
	}

	/**
	 * Returns whether a server that was seen as a follower of the leader now follows
	 * another one, whose history continues the leader's.
	 */
	private boolean testifies(int server, int observation) {
		boolean leads = server == this.leader && Observation.process(observation) == Observation.process(shown(server));
		boolean follower = (this.followers & (1 << server)) != 0 && Observation.receiving(observation)
				&& Observation.sourceProcess(observation) != Observation.process(shown(this.leader));
		return this.leader != World.NONE && (leads || follower) && !Observation.writable(observation)
				&& PackedHistory.continues(Observation.history(observation), this.lead);
	}

	/**
	 * Returns the knowledge after the product has decided on a node for writes.
	 */
	Knowledge decided(int writes, boolean newEpoch, boolean byOperator, Scenario scenario) {
		boolean nowOrdered = newEpoch ? byOperator : this.ordered;
		int server = (writes != Brain.NOBODY) ? server(writes) : World.NONE;
		int before = newEpoch ? World.NONE : this.writer;
		boolean outdated = server != World.NONE && isOutdated(writes);
		if (this.lead == MISLED && !newEpoch) {
			return this;
		}
		if (server == World.NONE || !writable(writes) || outdated
				|| (!newEpoch && mayRefuse(server, writes, scenario))) {
			return new Knowledge(this.server0, this.server1, this.server2, this.nodes,
					(outdated && (this.lead < 0 || newEpoch)) ? MISLED : this.lead, this.leader, this.followers, before,
					nowOrdered);
		}
		boolean goesOn = holdsLead(Observation.history(shown(server)));
		int read = (server != this.leader || newEpoch) ? withEarlier(writes).nodes & ~ALL_MOVED : this.nodes;
		return new Knowledge(this.server0, this.server1, this.server2, read, Observation.history(shown(server)), server,
				followersOf(server) | ((server == this.leader && goesOn) ? this.followers : 0), server, nowOrdered);
	}

	private int followersOf(int leader) {
		int all = 0;
		for (int server = 0; server < World.SERVERS; server++) {
			all |= (isLedTo(server) && follows(shown(server), shown(leader))) ? 1 << server : 0;
		}
		return all;
	}

	private boolean isLedTo(int server) {
		return IntStream.range(0, World.SERVERS).anyMatch((node) -> server(node) == server);
	}

	private static boolean follows(int observation, int leading) {
		return Observation.answered(observation) && !Observation.writable(observation)
				&& Observation.sourceProcess(observation) == Observation.process(leading)
				&& Observation.receiving(observation)
				&& !PackedHistory.continues(Observation.history(observation), Observation.history(leading));
	}

	/**
	 * Returns the check that forbids writes to a server, or null.
	 * @param node the node that leads to it
	 */
	@Nullable Check forbids(int server, int node, Scenario scenario) {
		int observation = shown(server);
		int history = Observation.history(observation);
		if (isOutdated(node)) {
			return null;
		}
		if (Observation.unusable(observation) && !writable(node)) {
			return Check.UNUSABLE;
		}
		if (this.lead < 0 || allAgreeWith(server, scenario.nodes())) {
			return null;
		}
		if (!PackedHistory.sameCluster(history, this.lead)) {
			return scenario.variant().verify() ? Check.FOREIGN : null;
		}
		if (!PackedHistory.lacks(history, this.lead)) {
			return null;
		}
		boolean older = (PackedHistory.promotions(this.lead) & ~PackedHistory.promotions(history)) != 0;
		return older ? Check.DEPOSED : Check.BEHIND;
	}

	/**
	 * Returns whether writes to a server may be refused: it is forbidden, or it lacks a
	 * promotion of the leader's and the leader one of its own, or it is not behind the
	 * preferred node and lacks data of the leader's. Nodes that were read before the
	 * leader do not count. Another cluster behind the preferred node is served if nothing
	 * is verified.
	 */
	boolean mayRefuse(int server, int node, Scenario scenario) {
		int history = Observation.history(shown(server));
		int nodes = scenario.nodes();
		if (node == 0 && this.lead >= 0 && !scenario.variant().verify()
				&& !PackedHistory.sameCluster(history, this.lead)) {
			return forbids(server, node, scenario) != null;
		}
		boolean lossy = node != 0 && this.lead >= 0 && PackedHistory.lacked(this.lead, history) != 0;
		return this.lead == MISLED || lossy || forbids(server, node, scenario) != null
				|| (this.lead >= 0 && !allAgreeWith(server, nodes)
						&& (PackedHistory.promotions(this.lead) & ~PackedHistory.promotions(history)) != 0)
				|| (this.lead >= 0 && isAnyEarlier(node, nodes) && (!PackedHistory.sameCluster(history, this.lead)
						|| PackedHistory.lacked(this.lead, history) != 0));
	}

	private boolean isAnyEarlier(int node, int nodes) {
		return IntStream.range(0, nodes).anyMatch((other) -> other != node && isEarlier(other));
	}

	/**
	 * Returns whether a writable server was promoted from another one and lacks nothing
	 * of it.
	 */
	boolean isSuccessor(int next, int server) {
		int history = Observation.history(shown(next));
		int before = Observation.history(shown(server));
		return next != World.NONE && next != server && Observation.writable(shown(next))
				&& PackedHistory.continues(history, before) && PackedHistory.lacked(before, history) == 0;
	}

	/**
	 * Returns whether a node leads to another writable server that continues the history
	 * of a server, and has a follower.
	 */
	boolean hasSuccessor(int server, int nodes) {
		for (int node = 0; node < nodes; node++) {
			int other = server(node);
			int shown = shown(other);
			if (other != server && Observation.writable(shown) && (followersOf(other) & ~(1 << server)) != 0
					&& PackedHistory.continues(Observation.history(shown), Observation.history(shown(server)))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether all nodes lead to a server or to read-only servers on the same line
	 * of data: nobody is left who holds what the leader had. A server alone must be of
	 * another cluster, in one process under all names.
	 */
	private boolean allAgreeWith(int leading, int nodes) {
		int servers = 0;
		for (int node = 0; node < nodes; node++) {
			int server = server(node);
			int shown = shown(server);
			if (server == World.NONE || Observation.unusable(shown)
					|| (server != leading && Observation.writable(shown))
					|| !ModelHistory.compare(Observation.history(shown(leading)), Observation.history(shown))
						.isSameLine()
					|| holdsLead(Observation.history(shown))) {
				return false;
			}
			servers |= 1 << server;
		}
		int process = Observation.process(shown(leading));
		boolean one = IntStream.range(0, nodes)
			.allMatch((node) -> ((this.nodes >> (NODE_BITS * node)) & PROCESS) == process);
		return Integer.bitCount(servers) > 1
				|| (nodes > 1 && one && !PackedHistory.sameCluster(Observation.history(shown(leading)), this.lead));
	}

	private boolean holdsLead(int history) {
		return this.lead >= 0 && PackedHistory.extendsFrom(history, this.lead)
				&& PackedHistory.promotions(history) == PackedHistory.promotions(this.lead);
	}

	/**
	 * Returns the number of servers that were seen to take writes when their nodes were
	 * last probed.
	 */
	int writers(int nodes) {
		int all = 0;
		for (int node = 0; node < nodes; node++) {
			int server = server(node);
			all |= Observation.writable(shown(server)) ? 1 << server : 0;
		}
		return Integer.bitCount(all);
	}

}
