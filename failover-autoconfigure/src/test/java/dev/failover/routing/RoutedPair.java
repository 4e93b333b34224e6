package dev.failover.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.Errors;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import dev.failover.topology.Cause;
import dev.failover.topology.Mode;
import dev.failover.topology.Node;
import dev.failover.topology.Rehearsal;
import dev.failover.topology.Route;
import org.jspecify.annotations.Nullable;

/**
 * Two stub servers, real HikariCP pools on them, and the data source over both; nothing
 * is routed at first. Moving the route is what the monitor does.
 */
final class RoutedPair implements AutoCloseable {

	static final Node PRIMARY = new Node("primary");

	static final Node MIRROR = new Node("mirror");

	static final int POOL_SIZE = 2;

	final StubServer primary = new StubServer();

	final StubServer mirror = new StubServer();

	final NodePool primaryPool;

	final NodePool mirrorPool;

	final FailoverDataSource dataSource;

	final List<Node> suspicions = new CopyOnWriteArrayList<>();

	private final ExecutorService workers = Executors
		.newCachedThreadPool((work) -> new Thread(work, "failover-worker"));

	private final ExecutorService callers = Executors.newCachedThreadPool((work) -> new Thread(work, "caller"));

	private volatile Route route = Route.undecided(Instant.EPOCH);

	RoutedPair() {
		this((config) -> {
		});
	}

	RoutedPair(Consumer<HikariConfig> settings) {
		StubDialect dialect = new StubDialect();
		NodePoolFactory factory = new NodePoolFactory(dialect, new Errors(List.of(dialect)), this.suspicions::add,
				() -> this.route, this.workers, Duration.ofSeconds(30));
		this.primaryPool = factory.create(PRIMARY, config(this.primary, settings), new Rehearsal(), true);
		this.mirrorPool = factory.create(MIRROR, config(this.mirror, settings), new Rehearsal(), false);
		Map<Node, NodePool> pools = new LinkedHashMap<>();
		pools.put(PRIMARY, this.primaryPool);
		pools.put(MIRROR, this.mirrorPool);
		this.dataSource = new FailoverDataSource(this.route,
				Duration.ofMillis(this.primaryPool.hikari().getConnectionTimeout()), ReadOnlyMode.SERVE, () -> {
				});
		this.dataSource.open(pools);
	}

	private static HikariConfig config(StubServer server, Consumer<HikariConfig> settings) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(server.url());
		config.setDriverClassName(StubDriver.class.getName());
		config.setMaximumPoolSize(POOL_SIZE);
		config.setMinimumIdle(0);
		config.setConnectionTimeout(20_000);
		config.setTransactionIsolation(null);
		settings.accept(config);
		return config;
	}

	/**
	 * Move the route; the nodes that it leaves are lost.
	 * @return how many connections in use were aborted
	 */
	int moveTo(@Nullable Node node) {
		Route previous = this.route;
		Mode mode = (node == null) ? Mode.UNAVAILABLE : node.equals(PRIMARY) ? Mode.NORMAL : Mode.FAILED_OVER;
		Route next = previous.next(node, node, mode, Instant.EPOCH, Cause.NODE_LOST);
		List<NodePool> pools = List.of(this.primaryPool, this.mirrorPool);
		pools.stream().filter((pool) -> next.uses(pool.node())).forEach(NodePool::unfence);
		this.route = next;
		this.dataSource.publish(next, Duration.ZERO);
		return pools.stream()
			.filter((pool) -> previous.uses(pool.node()) && !next.uses(pool.node()))
			.peek(NodePool::fence)
			.mapToInt(NodePool::abort)
			.sum();
	}

	/**
	 * Get a connection on a thread of its own, give it back, and tell where it led.
	 */
	Future<String> caller() {
		return this.callers.submit(() -> {
			try (Connection connection = this.dataSource.getConnection()) {
				return target(connection);
			}
		});
	}

	/**
	 * The same with one pool, whatever the route.
	 */
	Future<String> caller(NodePool pool) {
		return this.callers.submit(() -> {
			try (Connection connection = pool.getConnection()) {
				return target(connection);
			}
		});
	}

	/**
	 * Execute a statement on a thread of its own.
	 */
	Future<?> execute(Connection connection, String sql) {
		return this.callers.submit(() -> {
			connection.createStatement().execute(sql);
			return null;
		});
	}

	/**
	 * URL of the server that a pooled connection leads to.
	 */
	static String target(Connection connection) throws SQLException {
		if (connection.isWrapperFor(Nowhere.class)) {
			return "nowhere";
		}
		return connection.toString().replaceFirst(".* to ", "");
	}

	@Override
	public void close() {
		this.primary.accept();
		this.mirror.accept();
		this.dataSource.close();
		this.callers.shutdownNow();
		this.primaryPool.close();
		this.mirrorPool.close();
		this.workers.shutdownNow();
		this.primary.close();
		this.mirror.close();
	}

}
