package dev.failover.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.failover.Node;
import dev.failover.internal.concurrent.DaemonThreads;
import dev.failover.internal.detection.NodeProber;
import dev.failover.internal.drill.DrillRunner;
import dev.failover.internal.drill.Rehearsal;
import dev.failover.internal.monitor.FailoverMonitor;
import dev.failover.internal.monitor.MonitoredNodes;

/**
 * Pools, probers and the monitor of one data source, with their threads. Thread-safe.
 */
final class Engine implements AutoCloseable {

	private final MonitoredNodes nodes;

	private final FailoverMonitor monitor;

	private final List<NodeProber> probers;

	private final DrillRunner drills;

	private final Map<Node, Rehearsal> rehearsals;

	private final List<Thread> threads = new ArrayList<>();

	Engine(MonitoredNodes nodes, FailoverMonitor monitor, List<NodeProber> probers, DrillRunner drills,
			Map<Node, Rehearsal> rehearsals) {
		this.nodes = nodes;
		this.monitor = monitor;
		this.probers = List.copyOf(probers);
		this.drills = drills;
		this.rehearsals = Map.copyOf(rehearsals);
		this.threads.add(DaemonThreads.create("failover-monitor", monitor));
		probers.forEach((prober) -> this.threads.add(DaemonThreads.create("failover-prober-" + prober.node(), prober)));
	}

	/**
	 * Starts the threads of the probers and of the monitor.
	 */
	void start() {
		this.threads.forEach(Thread::start);
	}

	MonitoredNodes nodes() {
		return this.nodes;
	}

	FailoverMonitor monitor() {
		return this.monitor;
	}

	DrillRunner drills() {
		return this.drills;
	}

	/**
	 * Returns the rehearsal of a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	Rehearsal rehearsal(Node node) {
		Rehearsal rehearsal = this.rehearsals.get(node);
		if (rehearsal == null) {
			throw new IllegalArgumentException("There is no node named '" + node + "'");
		}
		return rehearsal;
	}

	@Override
	public void close() {
		this.probers.forEach(NodeProber::stop);
		this.threads.forEach(Thread::interrupt);
		this.nodes.close();
	}

}
