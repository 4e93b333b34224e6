package dev.failover.internal.policy.exploration;

import java.util.Arrays;

/**
 * Servers, the names that lead to them, the manager's leader and one late answer. Mutable
 * for speed; its state is packed into two longs. Confined to one thread.
 */
final class World {

	static final int SERVERS = 3;

	/** Stands for no server. */
	static final int NONE = 3;

	private static final int INCARNATIONS = 4;

	private static final int SERVER_BITS = PackedHistory.BITS + 8;

	private final boolean generations;

	/** {@link PackedHistory} of each server. */
	final int[] history = new int[SERVERS];

	/** The server that each server follows, or {@link #NONE}. */
	final int[] follows = new int[SERVERS];

	/** Number of restarts of each server, modulo {@value #INCARNATIONS}. */
	final int[] incarnation = new int[SERVERS];

	final boolean[] writable = new boolean[SERVERS];

	final boolean[] unusable = new boolean[SERVERS];

	final boolean[] down = new boolean[SERVERS];

	final boolean[] cut = new boolean[SERVERS];

	/** The server to which each name leads, or {@link #NONE}. */
	final int[] names = new int[SERVERS];

	/** The server of the kept session of each node's probe, or {@link #NONE}. */
	final int[] sessions = new int[SERVERS];

	/** The server that leads in the eyes of the manager. */
	int leader;

	int promotions;

	int writes;

	int faults;

	int operations;

	/**
	 * Set once a server was restarted so often that its processes cannot be told apart.
	 */
	boolean wrapped;

	/** Event of the late answer, or 0. */
	int late;

	World(Scenario scenario) {
		this.generations = scenario.generations();
	}

	static World initial(Scenario scenario) {
		World world = new World(scenario);
		Arrays.fill(world.sessions, NONE);
		Arrays.fill(world.names, NONE);
		world.leader = scenario.leader();
		for (int server = 0; server < SERVERS; server++) {
			world.writable[server] = server == scenario.leader();
			world.follows[server] = world.writable[server] ? NONE : scenario.leader();
			world.down[server] = server >= scenario.servers();
		}
		for (int node = 0; node < scenario.nodes(); node++) {
			world.names[node] = scenario.naming().healed(world, node);
		}
		return world;
	}

	static String serverName(int server) {
		return (server != NONE) ? "server " + (char) ('A' + server) : "no server";
	}

	void load(long first, long second) {
		this.wrapped = false;
		loadServer(0, first);
		loadServer(1, first >> SERVER_BITS);
		long rest = first >> (2 * SERVER_BITS);
		for (int node = 0; node < SERVERS; node++) {
			this.names[node] = (int) (rest >> (4 * node)) & 3;
			this.sessions[node] = (int) (rest >> (4 * node + 2)) & 3;
		}
		this.leader = (int) (rest >> 12) & 3;
		this.promotions = (int) (rest >> 14) & 7;
		loadServer(2, second);
		rest = second >> SERVER_BITS;
		this.late = (int) rest & ((1 << 30) - 1);
		this.writes = (int) (rest >> 30) & 7;
		this.faults = (int) (rest >> 33) & 15;
		this.operations = (int) (rest >> 37) & 7;
	}

	long first() {
		long rest = this.leader << 12 | this.promotions << 14;
		for (int node = 0; node < SERVERS; node++) {
			rest |= (this.names[node] | this.sessions[node] << 2) << (4 * node);
		}
		return server(0) | server(1) << SERVER_BITS | rest << (2 * SERVER_BITS);
	}

	long second() {
		long rest = this.late | (long) this.writes << 30 | (long) this.faults << 33 | (long) this.operations << 37;
		return server(2) | rest << SERVER_BITS;
	}

	private void loadServer(int server, long packed) {
		int bits = (int) packed;
		this.history[server] = bits & ((1 << PackedHistory.BITS) - 1);
		bits >>= PackedHistory.BITS;
		this.follows[server] = bits & 3;
		this.writable[server] = (bits & 4) != 0;
		this.unusable[server] = (bits & 8) != 0;
		this.down[server] = (bits & 16) != 0;
		this.cut[server] = (bits & 32) != 0;
		this.incarnation[server] = (bits >> 6) & 3;
	}

	private long server(int server) {
		int flags = this.follows[server] | (this.writable[server] ? 4 : 0) | (this.unusable[server] ? 8 : 0)
				| (this.down[server] ? 16 : 0) | (this.cut[server] ? 32 : 0) | this.incarnation[server] << 6;
		return this.history[server] | (long) flags << PackedHistory.BITS;
	}

	/**
	 * Returns whether a server takes writes from whoever reaches it.
	 */
	boolean isWritable(int server) {
		return this.writable[server] && !this.unusable[server] && !this.down[server];
	}

	boolean isReachable(int server) {
		return server != NONE && !this.down[server] && !this.cut[server];
	}

	/**
	 * Returns whether a follower receives the log of the server that it follows.
	 */
	boolean isReceiving(int server) {
		int source = this.follows[server];
		return source != NONE && !this.writable[server] && !this.down[source]
				&& PackedHistory.extendsFrom(this.history[source], this.history[server]);
	}

	/**
	 * Returns the packed {@link Observation} of a probe that asks now. A kept session
	 * asks the server that it was opened to, as long as that one answers.
	 * @param keep whether the probe keeps its session
	 */
	int probe(int node, boolean keep) {
		int server = this.sessions[node];
		if (!isReachable(server)) {
			server = isReachable(this.names[node]) ? this.names[node] : NONE;
			this.sessions[node] = keep ? server : NONE;
		}
		return (server != NONE) ? observe(server) : Observation.SILENCE;
	}

	private int observe(int server) {
		int bits = Observation.answer(server, this.follows[server], this.writable[server], this.unusable[server],
				isReceiving(server));
		int source = this.follows[server];
		bits = Observation.withIncarnations(bits, this.incarnation[server],
				(source != NONE) ? this.incarnation[source] : 0);
		int history = this.history[server];
		return Observation.withHistory(bits, this.generations ? history : PackedHistory.withoutLastPromotions(history));
	}

	/**
	 * Makes another process of a server.
	 */
	void restart(int server) {
		this.wrapped |= this.incarnation[server] >= INCARNATIONS - 2;
		this.incarnation[server] = (this.incarnation[server] + 1) % INCARNATIONS;
	}

	/**
	 * Lets a server follow the leader, with what the leader holds. It restarts if it has
	 * to be rewound for that.
	 */
	void rejoin(int server) {
		if (this.writable[server] || !PackedHistory.extendsFrom(this.history[this.leader], this.history[server])) {
			restart(server);
		}
		this.writable[server] = false;
		this.follows[server] = this.leader;
		this.history[server] = this.history[this.leader];
	}

	/**
	 * Lets everything come right: all servers run and can be reached, one leads, the
	 * others follow it and hold what it holds, names lead where their kind says, and
	 * probes open new sessions.
	 */
	void heal(Scenario scenario) {
		for (int server = 0; server < scenario.servers(); server++) {
			boolean rejoins = server != this.leader && (this.writable[server]
					|| !PackedHistory.extendsFrom(this.history[this.leader], this.history[server]));
			if (this.down[server] && !rejoins) {
				restart(server);
			}
			this.down[server] = false;
			this.cut[server] = false;
			this.unusable[server] = false;
			if (server != this.leader) {
				rejoin(server);
			}
			this.writable[server] = server == this.leader;
			this.follows[server] = this.writable[server] ? NONE : this.leader;
		}
		for (int node = 0; node < scenario.nodes(); node++) {
			this.names[node] = scenario.naming().healed(this, node);
		}
		renewSessions();
	}

	/**
	 * Lets probes open new sessions, and drops a late answer.
	 */
	void renewSessions() {
		Arrays.fill(this.sessions, NONE);
		this.late = 0;
	}

}
