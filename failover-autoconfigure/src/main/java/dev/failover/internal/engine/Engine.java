package dev.failover.internal.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.internal.concurrent.EngineThreads;
import dev.failover.internal.concurrent.SupervisedThread;
import dev.failover.internal.concurrent.Supervisor;
import dev.failover.internal.concurrent.Supervisor.Problem;
import dev.failover.internal.detection.NodeProber;
import dev.failover.internal.detection.Witnesses;
import dev.failover.internal.drill.DrillRunner;
import dev.failover.internal.drill.Rehearsal;
import dev.failover.internal.monitor.FailoverMonitor;
import dev.failover.internal.monitor.MonitoredNodes;

/**
 * Pools, probers and the monitor of one data source, with their threads. Thread-safe.
 */
final class Engine implements AutoCloseable {

	/** Longest wait for the end of a thread when the engine is closed. */
	private static final Duration LONGEST_END = Duration.ofMillis(500);

	private final MonitoredNodes nodes;

	private final FailoverMonitor monitor;

	private final Supervisor supervisor;

	private final Drills drills;

	/**
	 * Creates the engine.
	 * @param supervisor watches the threads of the monitor and the probers
	 */
	Engine(MonitoredNodes nodes, FailoverMonitor monitor, Supervisor supervisor, Drills drills) {
		this.nodes = nodes;
		this.monitor = monitor;
		this.supervisor = supervisor;
		this.drills = drills;
	}

	/**
	 * Returns the threads of the monitor, the probers and the witnesses, not yet started.
	 */
	static List<SupervisedThread> threads(FailoverMonitor monitor, List<NodeProber> probers, Witnesses witnesses,
			EngineThreads threads) {
		List<SupervisedThread> all = new ArrayList<>();
		all.add(new SupervisedThread("failover-monitor", monitor.longestTurn(), monitor, threads.single()));
		probers.forEach((prober) -> all.add(new SupervisedThread("failover-prober-" + prober.node(),
				prober.longestTurn(), prober, threads.single())));
		if (witnesses.exist()) {
			all.add(new SupervisedThread("failover-witnesses", witnesses.longestTurn(), witnesses, threads.single()));
		}
		return all;
	}

	/**
	 * Starts the threads of the probers and of the monitor.
	 */
	void start() {
		this.supervisor.start();
	}

	MonitoredNodes nodes() {
		return this.nodes;
	}

	FailoverMonitor monitor() {
		return this.monitor;
	}

	/**
	 * Returns the state after the monitor's last turn. If the engine does not work, a
	 * condition says so, and that no node could take over.
	 */
	FailoverState state() {
		FailoverState state = this.monitor.state();
		Problem problem = this.supervisor.problem();
		if (problem == null) {
			return state;
		}
		List<Condition> conditions = new ArrayList<>(state.conditions());
		conditions.add(new Condition(Kind.ENGINE_DOWN, null, problem.since(),
				"The engine of failover does not work: " + problem.detail()
						+ ". The state is that of its last turn, and the loss of a node is not noticed. "
						+ "It recovers by itself as soon as it can; if this lasts, restart the application"));
		return new FailoverState(state.route(), state.automatic(), false, conditions, state.operation(),
				state.detectionBudget(), state.positionUnit(), state.nodes(), state.changes());
	}

	DrillRunner drills() {
		return this.drills.runner();
	}

	/**
	 * Returns the rehearsal of a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	Rehearsal rehearsal(Node node) {
		Rehearsal rehearsal = this.drills.rehearsals().get(node);
		if (rehearsal == null) {
			throw new IllegalArgumentException("There is no node named '" + node + "'");
		}
		return rehearsal;
	}

	@Override
	public void close() {
		this.supervisor.close(LONGEST_END);
		this.nodes.close();
	}

	/**
	 * Drills of the engine.
	 *
	 * @param runner runs them
	 * @param rehearsals rehearsal of each node
	 */
	record Drills(DrillRunner runner, Map<Node, Rehearsal> rehearsals) {

		Drills {
			rehearsals = Map.copyOf(rehearsals);
		}

	}

}
