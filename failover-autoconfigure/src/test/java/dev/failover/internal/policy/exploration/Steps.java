package dev.failover.internal.policy.exploration;

import java.util.Set;
import java.util.stream.IntStream;

/**
 * Steps that a world can take. A step is an int: an {@link Act}, the server or node that
 * it is about, and for a name the server to which it moves.
 */
final class Steps {

	/** A step that is not possible now. */
	static final int IMPOSSIBLE = -1;

	/** A step that the product does not notice. */
	static final int UNNOTICED = 0;

	private static final Act[] ACTS = Act.values();

	private static final Set<Act> ABOUT_NODES = Set.of(Act.PROBE, Act.ASK, Act.RENEW, Act.MOVE, Act.VANISH,
			Act.COINCIDE, Act.SWITCHOVER, Act.FORCE);

	private static final Set<Act> ABOUT_ALL = Set.of(Act.DELIVER, Act.WAIT, Act.STEP_DOWN, Act.REPLACE_ALL, Act.PAUSE,
			Act.RESUME);

	private final Scenario scenario;

	Steps(Scenario scenario) {
		this.scenario = scenario;
	}

	static Act act(int step) {
		return ACTS[step >> 4];
	}

	static int subject(int step) {
		return (step >> 2) & 3;
	}

	static int target(int step) {
		return step & 3;
	}

	/**
	 * Returns all steps that can be possible in the scenario.
	 */
	int[] all() {
		return this.scenario.acts().stream().sorted().flatMapToInt(this::all).toArray();
	}

	private IntStream all(Act act) {
		int subjects = ABOUT_ALL.contains(act) ? 1
				: (ABOUT_NODES.contains(act) ? this.scenario.nodes() : this.scenario.servers());
		int targets = (act == Act.MOVE) ? this.scenario.servers() : 1;
		return IntStream.range(0, subjects)
			.flatMap((subject) -> IntStream.range(0, targets)
				.map((target) -> act.ordinal() << 4 | subject << 2 | target));
	}

	/**
	 * Lets a world take a step.
	 * @return the event that the product notices, {@link #UNNOTICED} or
	 * {@link #IMPOSSIBLE}, after which the world must be loaded anew
	 */
	int take(World world, int step) {
		int event = tryTo(world, step);
		return world.wrapped ? IMPOSSIBLE : event;
	}

	private int tryTo(World world, int step) {
		Act act = act(step);
		int subject = subject(step);
		if (act.isFault()) {
			return (world.faults++ < this.scenario.bounds().faults() && fault(world, act, subject)) ? UNNOTICED
					: IMPOSSIBLE;
		}
		if (act.isOperation()) {
			return operation(world, act, subject);
		}
		return switch (act) {
			case PROBE -> probe(world, subject);
			case ASK -> ask(world, subject);
			case DELIVER -> deliver(world);
			case WAIT -> Minds.PASS;
			case RENEW -> possible(renew(world, subject));
			case MOVE -> possible(move(world, subject, target(step)));
			default -> possible(progress(world, act, subject));
		};
	}

	private static int possible(boolean possible) {
		return possible ? UNNOTICED : IMPOSSIBLE;
	}

	private int operation(World world, Act act, int node) {
		boolean free = act == Act.RESUME;
		if (!free && world.operations++ >= this.scenario.bounds().operations()) {
			return IMPOSSIBLE;
		}
		return switch (act) {
			case PAUSE -> Minds.PAUSE;
			case RESUME -> Minds.RESUME;
			case SWITCHOVER -> Minds.SWITCHOVER + node;
			default -> Minds.FORCE + node;
		};
	}

	private int probe(World world, int node) {
		if (world.late != 0 && Minds.node(world.late) == node) {
			return IMPOSSIBLE;
		}
		int event = Minds.learned(node, world.probe(node, this.scenario.sessionsStay()));
		if (world.late != 0) {
			world.late = Minds.overtakenBy(world.late, event);
		}
		return Minds.noticed(event);
	}

	private int ask(World world, int node) {
		if (world.late != 0) {
			return IMPOSSIBLE;
		}
		int observation = world.probe(node, this.scenario.sessionsStay());
		if (observation == Observation.SILENCE) {
			return IMPOSSIBLE;
		}
		world.late = Minds.learned(node, observation);
		return UNNOTICED;
	}

	private static int deliver(World world) {
		int event = world.late;
		world.late = 0;
		return (event != 0) ? Minds.noticed(event) : IMPOSSIBLE;
	}

	private static boolean renew(World world, int node) {
		boolean old = world.sessions[node] != World.NONE && world.sessions[node] != world.names[node];
		world.sessions[node] = World.NONE;
		return old;
	}

	private boolean move(World world, int node, int server) {
		Naming naming = this.scenario.naming();
		boolean moves = naming.moves(node) && world.names[node] != server && !world.down[server]
				&& naming.mayLeadTo(world, node, server);
		world.names[node] = server;
		return moves;
	}

	private boolean progress(World world, Act act, int server) {
		boolean runs = !world.down[server];
		switch (act) {
			case REPLICATE -> {
				return runs && replicate(world, server);
			}
			case RESTART -> {
				world.down[server] = false;
				world.restart(server);
				return !runs;
			}
			case RECONNECT -> {
				boolean was = world.cut[server];
				world.cut[server] = false;
				return was;
			}
			case RECOVER -> {
				boolean was = world.unusable[server];
				world.unusable[server] = false;
				return was;
			}
			case DEMOTE -> {
				return runs && demote(world, server);
			}
			case REJOIN -> {
				return runs && rejoin(world, server);
			}
			default -> {
				return world.isWritable(server) && write(world, server);
			}
		}
	}

	private static boolean replicate(World world, int server) {
		if (!world.isReceiving(server) || world.history[server] == world.history[world.follows[server]]) {
			return false;
		}
		world.history[server] = world.history[world.follows[server]];
		return true;
	}

	private static boolean demote(World world, int server) {
		if (server == world.leader || !world.writable[server]
				|| !PackedHistory.sameCluster(world.history[server], world.history[world.leader])) {
			return false;
		}
		world.writable[server] = false;
		world.follows[server] = world.leader;
		return true;
	}

	private static boolean rejoin(World world, int server) {
		int leader = world.leader;
		boolean follows = !world.writable[server] && world.follows[server] == leader && world.isReceiving(server);
		if (server == leader || follows || !world.isWritable(leader)) {
			return false;
		}
		world.rejoin(server);
		return true;
	}

	private boolean write(World world, int server) {
		if (world.writes >= this.scenario.bounds().writes()) {
			return false;
		}
		world.history[server] = PackedHistory.write(world.history[server], world.writes + world.promotions);
		world.writes++;
		return true;
	}

	private boolean fault(World world, Act act, int subject) {
		return switch (act) {
			case VANISH -> vanish(world, subject);
			case COINCIDE -> coincide(world, subject);
			case STEP_DOWN -> stepDown(world);
			case REPLACE_ALL -> replaceAll(world);
			default -> serverFault(world, act, subject);
		};
	}

	private boolean serverFault(World world, Act act, int server) {
		boolean runs = !world.down[server];
		return switch (act) {
			case KILL -> runs && kill(world, server);
			case CUT -> {
				boolean was = world.cut[server];
				world.cut[server] = true;
				yield runs && !was;
			}
			case SPOIL -> {
				boolean was = world.unusable[server];
				world.unusable[server] = true;
				yield runs && !was;
			}
			case PROMOTE -> {
				world.leader = server;
				yield runs && promote(world, server);
			}
			case TEST_PROMOTE -> runs && server != world.leader && promote(world, server);
			case RESTORE -> runs && restore(world, server);
			default -> server != world.leader && replace(world, server);
		};
	}

	private static boolean kill(World world, int server) {
		world.down[server] = true;
		world.cut[server] = false;
		world.unusable[server] = false;
		for (int node = 0; node < World.SERVERS; node++) {
			world.sessions[node] = (world.sessions[node] == server) ? World.NONE : world.sessions[node];
		}
		return true;
	}

	private boolean promote(World world, int server) {
		if (world.writable[server] || world.promotions >= this.scenario.bounds().promotions()) {
			return false;
		}
		world.history[server] = PackedHistory.promote(world.history[server], world.writes + world.promotions);
		world.promotions++;
		world.writable[server] = true;
		world.follows[server] = World.NONE;
		return true;
	}

	private static boolean restore(World world, int server) {
		boolean possible = world.writable[server] && PackedHistory.events(world.history[server]) != 0;
		world.history[server] = PackedHistory.withoutLast(world.history[server]);
		world.restart(server);
		return possible;
	}

	private static boolean replace(World world, int server) {
		if (PackedHistory.isForeign(world.history[server])) {
			return false;
		}
		world.history[server] = PackedHistory.FOREIGN;
		world.restart(server);
		world.writable[server] = true;
		world.follows[server] = World.NONE;
		world.down[server] = false;
		return true;
	}

	private static boolean stepDown(World world) {
		boolean was = world.isWritable(world.leader);
		world.writable[world.leader] = false;
		world.follows[world.leader] = World.NONE;
		return was;
	}

	private boolean replaceAll(World world) {
		if (PackedHistory.isForeign(world.history[world.leader])) {
			return false;
		}
		world.leader = this.scenario.leader();
		for (int server = 0; server < this.scenario.servers(); server++) {
			world.history[server] = PackedHistory.FOREIGN;
			world.restart(server);
			world.writable[server] = server == world.leader;
			world.follows[server] = world.writable[server] ? World.NONE : world.leader;
			world.down[server] = false;
		}
		return true;
	}

	private boolean vanish(World world, int node) {
		boolean leads = this.scenario.naming().moves(node) && world.names[node] != World.NONE;
		world.names[node] = World.NONE;
		return leads;
	}

	private boolean coincide(World world, int node) {
		boolean moves = node > 0 && this.scenario.naming().moves(node) && world.names[node] != world.leader
				&& !world.down[world.leader];
		world.names[node] = world.leader;
		return moves;
	}

}
