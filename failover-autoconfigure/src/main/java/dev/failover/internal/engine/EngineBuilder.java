package dev.failover.internal.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.Node;
import dev.failover.dialect.Dialect;
import dev.failover.internal.concurrent.EngineThreads;
import dev.failover.internal.concurrent.Supervisor;
import dev.failover.internal.detection.DriverProbeConnector;
import dev.failover.internal.detection.KeptConnection;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.detection.NodeProber;
import dev.failover.internal.detection.NodeReader;
import dev.failover.internal.detection.ProbeClock;
import dev.failover.internal.detection.ProbeSignal;
import dev.failover.internal.detection.ProbeTarget;
import dev.failover.internal.detection.Witnesses;
import dev.failover.internal.drill.DrillRunner;
import dev.failover.internal.drill.RehearsedDataSource;
import dev.failover.internal.drill.RehearsedReader;
import dev.failover.internal.drill.Rehearsal;
import dev.failover.internal.monitor.ChangePublisher;
import dev.failover.internal.monitor.FailoverMonitor;
import dev.failover.internal.monitor.FailoverSettings;
import dev.failover.internal.monitor.MonitoredNode;
import dev.failover.internal.monitor.MonitoredNodes;
import dev.failover.internal.monitor.RouteApplier;
import dev.failover.internal.routing.CurrentRoute;
import dev.failover.internal.routing.NodePool;
import dev.failover.internal.routing.NodePoolFactory;
import dev.failover.internal.routing.PoolDefinition;
import dev.failover.internal.routing.PoolExecutors;
import dev.failover.internal.routing.TrafficListener;

/**
 * Builds the {@link Engine}. Waits for no node. Used once, by one thread.
 */
final class EngineBuilder {

	private final EngineDefinition definition;

	private final CurrentRoute route;

	private final ChangePublisher publisher;

	private final EngineThreads threads;

	private final FailoverSettings settings;

	private final ProbeClock clock;

	private final Map<Node, Rehearsal> rehearsals = new LinkedHashMap<>();

	private final List<MonitoredNode> nodes = new ArrayList<>();

	EngineBuilder(EngineDefinition definition, CurrentRoute route, ChangePublisher publisher, EngineThreads threads) {
		this.definition = definition;
		this.route = route;
		this.publisher = publisher;
		this.threads = threads;
		this.settings = definition.settings().get();
		this.clock = new ProbeClock(definition.clock(), System::nanoTime);
	}

	/**
	 * Builds the engine and starts its pools, but no other threads. Leaves nothing behind
	 * if that fails.
	 */
	Engine build() {
		try {
			createNodes();
			MonitoredNodes monitored = new MonitoredNodes(this.nodes,
					this.definition.preferred().dialect().positionUnit());
			RouteApplier applier = new RouteApplier(this.route, monitored, this.settings,
					this.definition.promotionTrigger(), this.threads.general());
			FailoverMonitor monitor = new FailoverMonitor(this.settings, monitored, applier, this.publisher,
					this.definition.clock());
			Witnesses witnesses = new Witnesses(this.settings.witnesses(), this.settings.detection(),
					this.threads.general(), () -> this.nodes.forEach((node) -> node.signal().wake()));
			Supervisor supervisor = new Supervisor(
					Engine.threads(monitor, createProbers(monitor, witnesses), witnesses, this.threads),
					this.threads::prestart, this.definition.clock(), this.threads.single());
			return new Engine(monitored, monitor, supervisor, new Engine.Drills(drills(), this.rehearsals));
		}
		catch (Throwable ex) {
			this.nodes.forEach((node) -> node.pool().close());
			throw ex;
		}
	}

	private DrillRunner drills() {
		return new DrillRunner(this.settings.drills(), this.threads.general(), this.definition.clock());
	}

	private void createNodes() {
		NodeDefinition preferred = this.definition.preferred();
		NodePoolFactory pools = new NodePoolFactory(this.definition.errors(), this.route,
				new PoolExecutors(this.threads.general(), this.threads.aborts()), this.settings.detection().budget(),
				pool(preferred));
		for (NodeDefinition node : this.definition.nodes()) {
			Rehearsal rehearsal = new Rehearsal();
			this.rehearsals.put(node.node(), rehearsal);
			NodeBreaker breaker = new NodeBreaker(node.breaker().get());
			ProbeSignal signal = new ProbeSignal(breaker, this.clock);
			NodePool pool = pools.create(pool(node),
					(driver) -> node.connections().apply(new RehearsedDataSource(driver, node.dialect(), rehearsal)),
					traffic(node.node(), signal));
			this.nodes.add(new MonitoredNode(node.node(), node.address(), pool, breaker, signal));
		}
	}

	private TrafficListener traffic(Node node, ProbeSignal signal) {
		return new TrafficListener() {

			@Override
			public void suspected() {
				signal.suspect();
				EngineBuilder.this.publisher.suspected(node);
			}

			@Override
			public void outcomeUnknown() {
				EngineBuilder.this.publisher.outcomeUnknown(node);
			}

		};
	}

	private PoolDefinition pool(NodeDefinition node) {
		return new PoolDefinition(node.node(), node.pool(), node.dialect(), node == this.definition.preferred());
	}

	private List<NodeProber> createProbers(FailoverMonitor monitor, Witnesses witnesses) {
		List<NodeProber> probers = new ArrayList<>();
		for (int i = 0; i < this.nodes.size(); i++) {
			MonitoredNode node = this.nodes.get(i);
			Dialect dialect = this.definition.nodes().get(i).dialect();
			KeptConnection connection = new KeptConnection(
					new DriverProbeConnector(node.pool().hikari(), dialect, this.settings.detection().timeout()),
					this.definition.errors(), this.settings.detection().interval(), this.clock);
			NodeReader reader = new RehearsedReader(
					NodeReader.of(dialect, this.settings.detection().query()).with(witnesses, node.node()),
					rehearsal(node.node()));
			ProbeTarget target = new ProbeTarget(node.node(), node.address(), connection, reader,
					this.settings.detection(), this.clock, monitor);
			probers.add(new NodeProber(target, node.breaker(), node.signal(), this.threads.probes(node.node().name()),
					this.threads.aborts()));
		}
		return probers;
	}

	private Rehearsal rehearsal(Node node) {
		Rehearsal rehearsal = this.rehearsals.get(node);
		if (rehearsal == null) {
			throw new IllegalStateException("Node '" + node + "' was not created");
		}
		return rehearsal;
	}

}
