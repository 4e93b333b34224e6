package dev.failover.monitor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;

import dev.failover.detection.DetectionSettings;
import dev.failover.detection.DriverProbeConnections;
import dev.failover.detection.NodeBreaker;
import dev.failover.detection.NodeProber;
import dev.failover.detection.ProbeConnections;
import dev.failover.detection.ProbeTarget;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Errors;
import dev.failover.routing.FailoverDataSource;
import dev.failover.routing.NodePool;
import dev.failover.routing.NodePoolFactory;
import dev.failover.topology.FailoverObserver;
import dev.failover.topology.FailoverState;
import dev.failover.topology.FailoverStates;
import dev.failover.topology.Node;
import dev.failover.topology.PoolStatistics;
import dev.failover.topology.PoolStats;

/**
 * All parts of failover over one set of nodes, put together and running: pools, data
 * source, probers and the monitor.
 * <p>
 * Thread-safe. It starts without waiting for any node; the first connection waits until
 * each node has answered or is known to be down. Closing it stops all its threads.
 */
public final class FailoverRuntime implements FailoverStates, PoolStatistics, AutoCloseable {

	private final Announcer announcer = new Announcer();

	private final ExecutorService workers = Executors.newCachedThreadPool(daemons("failover-worker-"));

	private final List<Thread> threads = new ArrayList<>();

	private final Map<Node, NodeProber> probers = new ConcurrentHashMap<>();

	private final Map<Node, NodePool> pools = new LinkedHashMap<>();

	private final FailoverMonitor monitor;

	private final FailoverDataSource dataSource;

	/**
	 * Put the parts together and start them.
	 * @param definitions the nodes, in order of preference
	 */
	public FailoverRuntime(List<NodeDefinition> definitions, Dialect dialect, Errors errors,
			DetectionSettings detection, MonitorSettings settings, Clock clock) {
		List<Node> nodes = definitions.stream().map(NodeDefinition::node).toList();
		this.monitor = new FailoverMonitor(settings, nodes, clock, this.announcer);
		NodePoolFactory factory = new NodePoolFactory(dialect, errors, this::suspect, this.monitor::route, this.workers,
				detection.budget());
		definitions.forEach((definition) -> this.pools.put(definition.node(),
				factory.create(definition.node(), definition.pool())));
		for (NodeDefinition definition : definitions) {
			ProbeConnections connections = new DriverProbeConnections(pool(definition.node()), dialect,
					detection.timeout());
			ProbeTarget target = new ProbeTarget(definition.node(), connections, dialect, errors, detection, clock,
					System::nanoTime, this.monitor);
			this.probers.put(definition.node(),
					new NodeProber(target, new NodeBreaker(definition.breaker()), this.workers));
		}
		this.dataSource = new FailoverDataSource(this.pools, this.monitor.route());
		this.monitor.assign(new Applier(this.dataSource, this.pools, settings.abortGrace()),
				List.copyOf(this.probers.values()));
		start();
	}

	private void start() {
		this.threads.add(daemons("failover-monitor-").newThread(this.monitor));
		this.probers
			.forEach((node, prober) -> this.threads.add(daemons("failover-prober-" + node + "-").newThread(prober)));
		this.threads.forEach(Thread::start);
	}

	private void suspect(Node node) {
		NodeProber prober = this.probers.get(node);
		if (prober != null) {
			prober.suspect();
			this.announcer.suspected(node);
		}
	}

	/**
	 * Attach observers; they are told what happened before, too.
	 */
	public void observe(List<FailoverObserver> observers) {
		this.announcer.attach(observers);
	}

	/**
	 * The application's data source.
	 */
	public FailoverDataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * The pool on a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	public HikariDataSource pool(Node node) {
		return nodePool(node).hikari();
	}

	@Override
	public FailoverState current() {
		return this.monitor.state();
	}

	@Override
	public PoolStats of(Node node) {
		return nodePool(node).stats();
	}

	private NodePool nodePool(Node node) {
		NodePool pool = this.pools.get(node);
		if (pool == null) {
			throw new IllegalArgumentException("No node is named '" + node + "'");
		}
		return pool;
	}

	@Override
	public void close() {
		this.dataSource.close();
		this.probers.values().forEach(NodeProber::stop);
		this.threads.forEach(Thread::interrupt);
		this.pools.values().forEach(NodePool::close);
		this.workers.shutdownNow();
	}

	private static ThreadFactory daemons(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (work) -> {
			Thread thread = new Thread(work, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

}
