package dev.failover.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.UtilityElf;

import dev.failover.detection.DetectionSettings;
import dev.failover.detection.DriverProbeConnections;
import dev.failover.detection.NodeBreaker;
import dev.failover.detection.NodeProber;
import dev.failover.detection.ProbeConnections;
import dev.failover.detection.ProbeTarget;
import dev.failover.detection.RehearsedDialect;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Errors;
import dev.failover.routing.FailoverDataSource;
import dev.failover.routing.NodePool;
import dev.failover.routing.NodePoolFactory;
import dev.failover.routing.ReadOnlyMode;
import dev.failover.routing.ReadYourWrites;
import dev.failover.topology.FailoverObserver;
import dev.failover.topology.FailoverState;
import dev.failover.topology.FailoverStates;
import dev.failover.topology.Node;
import dev.failover.topology.PoolStatistics;
import dev.failover.topology.PoolStats;
import dev.failover.topology.Rehearsal;
import dev.failover.topology.Transition;

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

	private final Map<Node, Rehearsal> rehearsals = new LinkedHashMap<>();

	private final Clock clock;

	private final Drills drills;

	private final Node home;

	private final Dialect dialect;

	private final FailoverMonitor monitor;

	private final AppliedPositions applied;

	private final FailoverDataSource dataSource;

	/**
	 * Put the parts together and start them.
	 * @param definitions the nodes, in order of preference
	 */
	public FailoverRuntime(List<NodeDefinition> definitions, Dialect dialect, Errors errors,
			DetectionSettings detection, MonitorSettings settings, ReadOnlyMode readOnlyMode,
			PromotionTrigger promotionTrigger, boolean drills, Clock clock) {
		this.clock = clock;
		this.drills = new Drills(drills, this.workers);
		List<Node> nodes = definitions.stream().map(NodeDefinition::node).toList();
		this.home = nodes.get(0);
		this.dialect = dialect;
		this.monitor = new FailoverMonitor(settings, nodes, clock, this.announcer);
		this.applied = new AppliedPositions(this.monitor);
		NodePoolFactory factory = new NodePoolFactory(dialect, errors, this::suspect, this.monitor::route, this.workers,
				detection.budget());
		for (NodeDefinition definition : definitions) {
			Rehearsal rehearsal = new Rehearsal();
			this.rehearsals.put(definition.node(), rehearsal);
			this.pools.put(definition.node(), factory.create(definition.node(), definition.pool(), rehearsal));
		}
		for (NodeDefinition definition : definitions) {
			ProbeConnections connections = new DriverProbeConnections(pool(definition.node()), dialect,
					detection.timeout());
			Dialect rehearsed = new RehearsedDialect(dialect, rehearsal(definition.node()));
			ProbeTarget target = new ProbeTarget(definition.node(), connections, rehearsed, errors, detection, clock,
					System::nanoTime, this.applied);
			this.probers.put(definition.node(),
					new NodeProber(target, new NodeBreaker(definition.breaker()), this.workers));
		}
		this.dataSource = new FailoverDataSource(this.pools, this.monitor.route(), readOnlyMode);
		this.monitor.assign(new Applier(this.dataSource, this.pools, settings.abortGrace()),
				List.copyOf(this.probers.values()), this.workers, promotionTrigger);
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
	 * Lets sessions read what they wrote while reads go to another node.
	 */
	public ReadYourWrites readYourWrites() {
		return new ReadYourWrites(this.dataSource, this.dialect, this.applied::of);
	}

	/**
	 * Transaction isolation of a fresh connection, as in {@link java.sql.Connection}'s
	 * constants.
	 */
	public int defaultTransactionIsolation() {
		String configured = pool(this.home).getTransactionIsolation();
		return (configured != null) ? UtilityElf.getTransactionIsolation(configured)
				: this.dialect.defaultTransactionIsolation();
	}

	/**
	 * Stop automatic changes until they are released.
	 */
	public CompletableFuture<Void> hold() {
		return this.monitor.hold(true);
	}

	/**
	 * Allow automatic changes again.
	 */
	public CompletableFuture<Void> release() {
		return this.monitor.hold(false);
	}

	/**
	 * Move the route to a node: new requests are held, work in flight may end, then the
	 * node must take writes. The outcome fails with {@link OperationRefusedException} if
	 * it cannot be done; the route is the old one then.
	 * @param force whether a copy that lags, is not verified or has diverged will do
	 * @param operator who asks for it, for the history
	 */
	public CompletableFuture<Transition> switchover(Node target, boolean force, String operator) {
		nodePool(target);
		return this.monitor.switchover(target, force, operator);
	}

	/**
	 * Move the route back to the preferred node, as {@link #switchover} does.
	 */
	public CompletableFuture<Transition> failback(String operator) {
		return this.monitor.switchover(this.home, false, operator);
	}

	/**
	 * Rehearse the loss of the node that takes writes, inside the pools and probes,
	 * without touching the database. Ends by itself; the outcome comes then.
	 * @throws OperationRefusedException if it may not begin
	 */
	public CompletableFuture<DrillReport> drill(Rehearsal.Fault fault, Duration duration) {
		FailoverState state = current();
		this.drills.check(duration, state.ready(), state.automatic());
		Node node = Objects.requireNonNull(state.route().writes());
		LongSupplier errors = () -> this.pools.values().stream().mapToLong(NodePool::failures).sum();
		Drill drill = new Drill(node, fault, duration, this, this.dataSource, nodePool(node), rehearsal(node), errors,
				this.clock);
		return this.drills.run(drill, duration);
	}

	private Rehearsal rehearsal(Node node) {
		return Objects.requireNonNull(this.rehearsals.get(node));
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
