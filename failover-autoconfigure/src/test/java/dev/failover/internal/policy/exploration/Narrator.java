package dev.failover.internal.policy.exploration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells how a state was reached, in sentences.
 */
final class Narrator {

	private final Scenario scenario;

	private final States states;

	private final Minds minds;

	private final Steps steps;

	Narrator(Scenario scenario, States states, Minds minds) {
		this.scenario = scenario;
		this.states = states;
		this.minds = minds;
		this.steps = new Steps(scenario);
	}

	static String nodeName(int node) {
		return switch (node) {
			case Brain.NOBODY -> "nobody";
			case 0 -> "'primary'";
			case 1 -> "'mirror'";
			default -> "'mirror-" + node + "'";
		};
	}

	/**
	 * Returns the number of steps to a violation.
	 */
	int steps(Violation violation) {
		return path(violation.state()).size() - 1 + ((violation.step() != Violation.NO_STEP) ? 1 : 0);
	}

	/**
	 * Returns the way to a violation, a line for each step.
	 */
	String tell(Violation violation) {
		StringBuilder text = new StringBuilder();
		World world = World.initial(this.scenario);
		int number = 0;
		int mind = 0;
		text.append("At the beginning: ").append(names(world)).append('\n');
		Deque<Integer> path = path(violation.state());
		int state = path.removeFirst();
		for (int next : path) {
			int step = stepBetween(state, next);
			mind = tell(text, ++number, world, mind, step);
			state = next;
		}
		if (violation.step() != Violation.NO_STEP) {
			tell(text, ++number, world, mind, violation.step());
			text.append("=> ").append(violation.check()).append('\n');
		}
		else {
			end(text, world, mind, violation.check());
		}
		return text.toString();
	}

	private Deque<Integer> path(int state) {
		Deque<Integer> path = new ArrayDeque<>();
		for (int current = state; current >= 0; current = this.states.parent(current)) {
			path.addFirst(current);
		}
		return path;
	}

	private int stepBetween(int state, int next) {
		World world = new World(this.scenario);
		for (int step : this.steps.all()) {
			world.load(this.states.first(state), this.states.second(state));
			int event = this.steps.take(world, step);
			if (event == Steps.IMPOSSIBLE) {
				continue;
			}
			int mind = this.states.mind(state);
			mind = (event != Steps.UNNOTICED) ? Minds.mindOf(this.minds.after(mind, event)) : mind;
			if (this.states.is(next, world.first(), world.second(), mind)) {
				return step;
			}
		}
		throw new IllegalStateException("No step leads there");
	}

	private int tell(StringBuilder text, int number, World world, int mind, int step) {
		int event = this.steps.take(world, step);
		text.append(String.format("%3d. %s%n", number, sentence(world, step, event)));
		if (event == Steps.UNNOTICED) {
			return mind;
		}
		int after = Minds.mindOf(this.minds.after(mind, event));
		String before = route(this.minds.mind(mind).brain());
		String now = route(this.minds.mind(after).brain());
		if (!before.equals(now)) {
			text.append("       -> ").append(now).append('\n');
		}
		return after;
	}

	private void end(StringBuilder text, World world, int mind, Check check) {
		int current = mind;
		world.renewSessions();
		if (check != Check.SINGLE_POOL) {
			world.heal(this.scenario);
			current = Minds.mindOf(this.minds.after(current, Minds.RESUME));
			text.append("     The world heals: ").append(names(world)).append('\n');
		}
		else {
			text.append("     Nothing else happens.\n");
		}
		for (int round = 0; round < Liveness.ROUNDS; round++) {
			for (int node = 0; node < this.scenario.nodes(); node++) {
				int event = Minds.noticed(Minds.learned(node, world.probe(node, false)));
				current = Minds.mindOf(this.minds.after(current, event));
			}
			current = Minds.mindOf(this.minds.after(current, Minds.PASS));
		}
		String answers = IntStream.range(0, this.scenario.nodes())
			.mapToObj((node) -> nodeName(node) + ": " + new Observation(world.probe(node, false)))
			.collect(Collectors.joining("; "));
		text.append("     Probes find ").append(answers).append('\n');
		text.append("=> after ").append(Liveness.ROUNDS).append(" rounds of probes: ");
		text.append(route(this.minds.mind(current).brain())).append(": ").append(check).append('\n');
	}

	private String names(World world) {
		return IntStream.range(0, this.scenario.nodes())
			.mapToObj((node) -> nodeName(node) + " leads to " + World.serverName(world.names[node]))
			.collect(Collectors.joining(", ")) + "; " + World.serverName(world.leader) + " leads";
	}

	private static String route(Brain brain) {
		String reads = IntStream.range(0, World.SERVERS)
			.filter((node) -> (brain.reads() & (1 << node)) != 0)
			.mapToObj(Narrator::nodeName)
			.collect(Collectors.joining(", "));
		return "writes on " + nodeName(brain.writes()) + ", reads on " + (reads.isEmpty() ? "nobody" : reads)
				+ (brain.isPaused() ? ", paused" : "") + (brain.isSplitBrain() ? ", SPLIT_BRAIN" : "");
	}

	private String sentence(World world, int step, int event) {
		int subject = Steps.subject(step);
		String server = World.serverName(subject);
		String node = nodeName(subject);
		return switch (Steps.act(step)) {
			case PROBE -> "A probe of " + node + " reads: " + new Observation(Minds.observation(event));
			case ASK -> "A probe of " + node + " reads: " + new Observation(Minds.observation(world.late))
					+ ", but its answer is late";
			case DELIVER -> "The late answer of " + nodeName(Minds.node(event)) + " is learned: "
					+ new Observation(Minds.observation(event));
			case RENEW -> "The probe of " + node + " opens a new session";
			case MOVE -> "The name " + node + " moves to " + World.serverName(Steps.target(step));
			case WAIT -> "Two seconds pass";
			case VANISH -> "The name " + node + " leads to no server";
			case COINCIDE -> "The name " + node + " leads to the leader, too";
			case SWITCHOVER -> "An operator requests a switchover to " + node;
			case FORCE -> "An operator forces a switchover to " + node;
			default -> serverSentence(world, Steps.act(step), subject, server);
		};
	}

	private static String serverSentence(World world, Act act, int subject, String server) {
		String history = PackedHistory.describe(world.history[subject]);
		String leader = World.serverName(world.leader);
		return switch (act) {
			case REPLICATE -> server + " catches up: " + history;
			case RESTART -> server + " starts again, " + (world.writable[subject] ? "writable" : "read-only");
			case RECONNECT -> server + " can be reached again";
			case RECOVER -> server + " is usable again";
			case DEMOTE -> "The manager makes " + server + " read-only";
			case REJOIN -> "The manager lets " + server + " follow " + leader + ": " + history;
			case WRITE -> "Somebody writes on " + server + ": " + history;
			case KILL -> server + " is killed";
			case CUT -> server + " cannot be reached any more, but lives";
			case SPOIL -> server + " answers, but must not be used";
			case STEP_DOWN -> "The manager makes the leader, " + leader + ", read-only";
			case PROMOTE -> "The manager promotes " + server + ": " + history;
			case TEST_PROMOTE -> "A person promotes " + server + " for a test: " + history;
			case RESTORE -> server + " is restored to " + history;
			case REPLACE -> server + " is replaced by a server of another cluster";
			case REPLACE_ALL -> "All servers are replaced by another cluster, led by " + leader;
			case PAUSE -> "An operator pauses automatic changes";
			default -> "An operator resumes automatic changes";
		};
	}

}
