package dev.failover.internal.engine;

import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.failover.History;
import dev.failover.LogPosition;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.detection.KeptConnection;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.detection.NodeProber;
import dev.failover.internal.detection.NodeReader;
import dev.failover.internal.detection.ProbeClock;
import dev.failover.internal.detection.ProbeSignal;
import dev.failover.internal.detection.ProbeTarget;
import dev.failover.internal.monitor.ChangePublisher;
import dev.failover.internal.monitor.FailoverMonitor;
import dev.failover.internal.monitor.FailoverSettings;
import dev.failover.internal.monitor.MonitoredNode;
import dev.failover.internal.monitor.MonitoredNodes;
import dev.failover.internal.monitor.RouteApplier;
import dev.failover.internal.routing.CurrentRoute;
import dev.failover.internal.routing.FailoverDataSource;
import dev.failover.internal.routing.NodePool;
import dev.failover.internal.routing.NodePoolFactory;
import dev.failover.internal.routing.PoolDefinition;
import dev.failover.internal.routing.PoolExecutors;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Engine of its own, with the settings of the real one, whose nodes have no servers: the
 * answers of its probes are given. Its pools are never started, it has no threads, and
 * nothing of it is published or logged. Confined to one thread.
 */
final class WarmUpEngine {

	/** Period of the probes, which are made one after another. */
	private static final Duration PACE = Duration.ofMillis(1);

	/** Probes that open a breaker, and that close it. */
	private static final int THRESHOLD = 2;

	/** Turns of the monitor after a probe, one for each message. */
	private static final int TURNS = 3;

	private static final Executor SAME_THREAD = Runnable::run;

	private final ProbeClock clock;

	private final EngineDefinition definition;

	private final FailoverSettings settings;

	private final CurrentRoute route;

	private final List<MonitoredNode> nodes = new ArrayList<>();

	private final List<NodeProber> probers = new ArrayList<>();

	private final Map<Node, @Nullable Role> roles = new LinkedHashMap<>();

	private final FailoverMonitor monitor;

	private final FailoverDataSource dataSource;

	/**
	 * Creates the engine.
	 * @param definition the real one
	 */
	WarmUpEngine(EngineDefinition definition) {
		this.definition = definition;
		this.settings = quick(definition.settings().get());
		this.clock = new ProbeClock(definition.clock(), System::nanoTime);
		this.route = new CurrentRoute(Route.undecided(definition.clock().instant()));
		NodePoolFactory pools = new NodePoolFactory(definition.errors(), this.route,
				new PoolExecutors(SAME_THREAD, SAME_THREAD), Duration.ZERO, pool(definition.preferred()));
		definition.nodes().forEach((node) -> this.nodes.add(node(node, pools)));
		MonitoredNodes monitored = new MonitoredNodes(this.nodes, definition.preferred().dialect().positionUnit());
		this.monitor = new FailoverMonitor(this.settings, monitored,
				new RouteApplier(this.route, monitored, this.settings, (node) -> {
				}, SAME_THREAD), ChangePublisher.silent(SAME_THREAD), definition.clock());
		this.nodes.forEach((node) -> this.probers.add(prober(node)));
		Map<Node, DataSource> targets = new LinkedHashMap<>();
		this.nodes.forEach((node) -> targets.put(node.node(), node.pool().hikari()));
		this.dataSource = new FailoverDataSource(this.route, targets, PACE, () -> {
		}, () -> true);
	}

	private static FailoverSettings quick(FailoverSettings real) {
		return new FailoverSettings(
				new DetectionSettings(PACE, real.detection().timeout(), THRESHOLD, PACE, THRESHOLD, null),
				real.policy(), real.unwritable(), Duration.ZERO, real.switchover(), real.recentChanges(), false,
				Map.of());
	}

	private static PoolDefinition pool(NodeDefinition node) {
		HikariDataSource unstarted = new HikariDataSource();
		unstarted.setJdbcUrl(node.pool().getJdbcUrl());
		unstarted.setMaximumPoolSize(1);
		return new PoolDefinition(node.node(), unstarted, node.dialect(), true);
	}

	private MonitoredNode node(NodeDefinition node, NodePoolFactory pools) {
		NodeBreaker breaker = new NodeBreaker(
				CircuitBreaker.of(node.node().name(), NodeBreaker.config(this.settings.detection())));
		ProbeSignal signal = new ProbeSignal(breaker, this.clock);
		NodePool pool = pools.create(pool(node), new RefusingDataSource(), signal::suspect);
		return new MonitoredNode(node.node(), node.address(), pool, breaker, signal);
	}

	private NodeProber prober(MonitoredNode node) {
		KeptConnection connection = new KeptConnection((sockets) -> connect(node.node()), this.definition.errors(),
				PACE, this.clock);
		return new NodeProber(
				new ProbeTarget(node.node(), node.address(), connection, new GivenReader(node.node()),
						this.settings.detection(), this.clock, this.monitor),
				node.breaker(), node.signal(), SAME_THREAD, SAME_THREAD);
	}

	/**
	 * Loses the preferred node, promotes the others, and loses and regains all.
	 * @return the modes that the route had, in order
	 */
	List<Mode> run() throws InterruptedException {
		List<Mode> modes = new ArrayList<>();
		try {
			Node preferred = this.nodes.get(0).node();
			modes.add(become((node) -> node.equals(preferred) ? Role.WRITABLE : Role.READ_ONLY));
			this.nodes.forEach(WarmUpEngine::raiseError);
			modes.add(become((node) -> node.equals(preferred) ? null : Role.READ_ONLY));
			modes.add(become((node) -> node.equals(preferred) ? null : Role.WRITABLE));
			modes.add(become((node) -> null));
			ask();
			modes.add(become((node) -> node.equals(preferred) ? Role.WRITABLE : Role.READ_ONLY));
			return modes;
		}
		finally {
			this.probers.forEach(NodeProber::end);
		}
	}

	/**
	 * Probes all nodes until each breaker has noticed what they have become.
	 * @param roles role of each node, or null if it is lost
	 */
	private Mode become(Function<Node, @Nullable Role> roles) throws InterruptedException {
		this.nodes.forEach((node) -> this.roles.put(node.node(), roles.apply(node.node())));
		for (int i = 0; i <= THRESHOLD; i++) {
			for (NodeProber prober : this.probers) {
				prober.run();
				for (int turn = 0; turn < TURNS; turn++) {
					this.monitor.run();
				}
			}
		}
		return this.route.get().mode();
	}

	/**
	 * Raises an error as it is raised on a connection in use.
	 */
	private static void raiseError(MonitoredNode node) {
		SQLExceptionOverride errors = node.pool().hikari().getExceptionOverride();
		if (errors != null) {
			errors.adjudicate(lost());
		}
	}

	/**
	 * Asks for connections while there is no node, as pools and callers do.
	 */
	private void ask() {
		if (this.route.get().mode() == Mode.UNAVAILABLE) {
			this.nodes.stream()
				.filter((node) -> node.pool().isQuarantined())
				.forEach((node) -> ask(node.pool().hikari().getDataSource()));
			ask(this.dataSource);
		}
	}

	private static void ask(DataSource source) {
		try {
			source.getConnection().close();
		}
		catch (SQLException ex) {
			// as expected
		}
	}

	private Connection connect(Node node) throws SQLException {
		if (this.roles.get(node) == null) {
			throw lost();
		}
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "isClosed" -> false;
					case "hashCode" -> System.identityHashCode(proxy);
					case "equals" -> proxy == arguments[0];
					default -> null;
				});
	}

	private static SQLException lost() {
		return new SQLException("Connection refused", "08001", new ConnectException("Connection refused"));
	}

	/**
	 * Answers probes.
	 */
	private final class GivenReader implements NodeReader {

		private final Node node;

		GivenReader(Node node) {
			this.node = node;
		}

		@Override
		public Reading read(Connection connection) throws SQLException {
			Role role = WarmUpEngine.this.roles.get(this.node);
			if (role == null) {
				throw lost();
			}
			return new Reading(role, this.node.name(), new GivenHistory());
		}

		@Override
		public ReplicationReading readReplication(Connection connection) {
			return new ReplicationReading(WarmUpEngine.this.roles.get(this.node) == Role.READ_ONLY, Duration.ZERO,
					List.of());
		}

	}

	/**
	 * Data that all nodes hold.
	 */
	private record GivenHistory() implements History {

		@Override
		public Comparison compare(History other) {
			return new Comparison(Relation.SAME, 0L);
		}

		@Override
		public boolean isPromoted() {
			return false;
		}

		@Override
		public @Nullable LogPosition position() {
			return null;
		}

		@Override
		public boolean holds(LogPosition position) {
			return true;
		}

	}

	/**
	 * Stands in the place of the driver and connects to nothing.
	 */
	private static final class RefusingDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw lost();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			throw lost();
		}

	}

}
