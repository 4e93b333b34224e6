package dev.failover.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

import dev.failover.Node;
import dev.failover.PromotionTrigger;
import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.detection.DriverProbeConnector;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.detection.NodeProber;
import dev.failover.internal.detection.ProbeConnector;
import dev.failover.internal.detection.ProbeTarget;
import dev.failover.internal.drill.DrillRunner;
import dev.failover.internal.drill.Rehearsal;
import dev.failover.internal.drill.RehearsedDialect;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.monitor.AppliedPositions;
import dev.failover.internal.monitor.ChangePublisher;
import dev.failover.internal.monitor.DaemonThreads;
import dev.failover.internal.monitor.FailoverMonitor;
import dev.failover.internal.monitor.MonitorSettings;
import dev.failover.internal.monitor.RouteApplier;
import dev.failover.internal.routing.FailoverDataSource;
import dev.failover.internal.routing.NodePool;
import dev.failover.internal.routing.NodePoolFactory;

/**
 * What works behind the data source: pools, probers and the monitor, with their threads.
 * <p>
 * Thread-safe once it is built. It waits for no node.
 */
final class Engine implements AutoCloseable {

	private final ExecutorService workers;

	private final ChangePublisher announcer;

	private final List<Thread> threads = new ArrayList<>();

	private final Map<Node, NodeProber> probers = new ConcurrentHashMap<>();

	private final Map<Node, NodePool> pools = new LinkedHashMap<>();

	private final Map<Node, Rehearsal> rehearsals = new LinkedHashMap<>();

	private final FailoverMonitor monitor;

	private final AppliedPositions applied;

	private final DrillRunner drills;

	/**
	 * Put the parts together.
	 * @param definitions the nodes, in order of preference
	 */
	Engine(List<NodeDefinition> definitions, Dialect dialect, ErrorClassification errors, DetectionSettings detection,
			MonitorSettings settings, boolean drills, ChangePublisher announcer, ExecutorService workers, Clock clock) {
		this.workers = workers;
		this.drills = new DrillRunner(drills, workers);
		this.announcer = announcer;
		this.monitor = new FailoverMonitor(settings, definitions.stream().map(NodeDefinition::node).toList(),
				dialect.positionUnit(), clock, announcer);
		this.applied = new AppliedPositions(this.monitor);
		try {
			createPools(definitions, new NodePoolFactory(dialect, errors, this::suspect, this.monitor::route, workers,
					detection.budget()));
			for (NodeDefinition definition : definitions) {
				ProbeConnector connections = new DriverProbeConnector(pool(definition.node()).hikari(), dialect,
						detection.timeout());
				ProbeTarget target = new ProbeTarget(definition.node(), connections,
						new RehearsedDialect(dialect, rehearsal(definition.node())), errors, detection, clock,
						System::nanoTime, this.applied);
				this.probers.put(definition.node(),
						new NodeProber(target, new NodeBreaker(definition.breaker().get()), workers));
			}
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private void createPools(List<NodeDefinition> definitions, NodePoolFactory factory) {
		for (NodeDefinition definition : definitions) {
			Rehearsal rehearsal = new Rehearsal();
			this.rehearsals.put(definition.node(), rehearsal);
			this.pools.put(definition.node(),
					factory.create(definition.node(), definition.pool(), rehearsal, this.pools.isEmpty()));
		}
	}

	/**
	 * Begin to ask the nodes and to route the data source.
	 */
	void start(FailoverDataSource dataSource, Duration abortGrace, PromotionTrigger trigger) {
		dataSource.open(this.pools);
		this.monitor.assign(new RouteApplier(dataSource, this.pools, abortGrace), List.copyOf(this.probers.values()),
				this.workers, trigger);
		this.threads.add(DaemonThreads.named("failover-monitor-").newThread(this.monitor));
		this.probers.forEach((node, prober) -> this.threads
			.add(DaemonThreads.named("failover-prober-" + node + "-").newThread(prober)));
		this.threads.forEach(Thread::start);
	}

	private void suspect(Node node) {
		NodeProber prober = this.probers.get(node);
		if (prober != null) {
			prober.suspect();
			this.announcer.suspected(node);
		}
	}

	DrillRunner drills() {
		return this.drills;
	}

	FailoverMonitor monitor() {
		return this.monitor;
	}

	AppliedPositions applied() {
		return this.applied;
	}

	/**
	 * The pool on a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	NodePool pool(Node node) {
		return of(node, this.pools);
	}

	Rehearsal rehearsal(Node node) {
		return of(node, this.rehearsals);
	}

	private static <T> T of(Node node, Map<Node, T> parts) {
		T part = parts.get(node);
		if (part == null) {
			throw new IllegalArgumentException("No node is named '" + node + "'");
		}
		return part;
	}

	/**
	 * How many errors of the application's calls were not its own affair.
	 */
	long failures() {
		return this.pools.values().stream().mapToLong(NodePool::failures).sum();
	}

	@Override
	public void close() {
		this.probers.values().forEach(NodeProber::stop);
		this.threads.forEach(Thread::interrupt);
		this.pools.values().forEach(NodePool::close);
	}

}
