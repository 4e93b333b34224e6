package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Cause;
import dev.failover.FailoverObserver.HeldRequest;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatusFixture;
import dev.failover.ReadOnlyMode;
import dev.failover.Route;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.routing.ResolvedRoute.Loss;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two stub servers, a HikariCP pool on each, and the data source over both. There is no
 * route at first; tests move it as the monitor does.
 */
public final class StubNodePair implements AutoCloseable {

	public static final Node PRIMARY = NodeStatusFixture.PRIMARY;

	public static final Node MIRROR = NodeStatusFixture.MIRROR;

	public static final int POOL_SIZE = 2;

	public final StubServer primary = new StubServer();

	public final StubServer mirror = new StubServer();

	public final NodePool primaryPool;

	public final NodePool mirrorPool;

	public final FailoverDataSource dataSource;

	private volatile Runnable beforeAborts = () -> {
	};

	final AtomicInteger reroutes = new AtomicInteger();

	/** Nodes that served held requests; the name {@code none} stands for no node. */
	final List<String> servedHeld = new CopyOnWriteArrayList<>();

	public final List<Node> suspicions = new CopyOnWriteArrayList<>();

	private final ThreadPoolExecutor workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS,
			new SynchronousQueue<>(), (work) -> new Thread(work, "failover-worker"), (work, executor) -> work.run());

	private final ExecutorService callers = Executors.newCachedThreadPool((work) -> new Thread(work, "caller"));

	private Unwritable unwritable = new Unwritable(ReadOnlyMode.SERVE, null);

	private final CurrentRoute route = new CurrentRoute(Route.undecided(Instant.EPOCH));

	public StubNodePair() {
		this((config) -> {
		});
	}

	public StubNodePair(Consumer<HikariConfig> settings) {
		StubDialect dialect = new StubDialect();
		PoolDefinition primary = new PoolDefinition(PRIMARY, config(this.primary, settings), dialect, true);
		PoolDefinition mirror = new PoolDefinition(MIRROR, config(this.mirror, settings), dialect, false);
		NodePoolFactory factory = new NodePoolFactory(new ErrorClassification(List.of(dialect)), this.route,
				new PoolExecutors(this.workers, (work) -> {
					this.beforeAborts.run();
					this.workers.execute(work);
				}), Duration.ofSeconds(30), primary);
		this.primaryPool = factory.create(primary, UnaryOperator.identity(), () -> this.suspicions.add(PRIMARY));
		this.mirrorPool = factory.create(mirror, UnaryOperator.identity(), () -> this.suspicions.add(MIRROR));
		this.dataSource = new FailoverDataSource(this.route,
				Map.of(PRIMARY, this.primaryPool.hikari(), MIRROR, this.mirrorPool.hikari()),
				Duration.ofMillis(this.primaryPool.hikari().getConnectionTimeout()), new Reroutes(), () -> true);
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
	 * Moves the route. The nodes that it leaves count as lost.
	 * @return number of connections in use that were aborted
	 */
	public int moveTo(@Nullable Node node) {
		Route previous = this.route.get();
		Mode mode = (node == null) ? Mode.UNAVAILABLE : node.equals(PRIMARY) ? Mode.NORMAL : Mode.FAILED_OVER;
		Route next = previous.next(node, (node != null) ? List.of(node) : List.of(), mode, Instant.EPOCH,
				Cause.NODE_LOST);
		List<NodePool> pools = List.of(this.primaryPool, this.mirrorPool);
		pools.stream().filter((pool) -> next.uses(pool.node())).forEach(NodePool::readmit);
		publish(next);
		return pools.stream()
			.filter((pool) -> previous.uses(pool.node()) && !next.uses(pool.node()))
			.peek(NodePool::quarantine)
			.mapToInt(NodePool::abort)
			.sum();
	}

	/**
	 * Publishes a route without a node for writes, on which the mirror serves reads.
	 */
	void loseWrites(Unwritable treatment) {
		this.unwritable = treatment;
		publish(this.route.get().next(null, List.of(MIRROR), Mode.READ_ONLY, Instant.EPOCH, Cause.NODE_LOST));
	}

	public void publish(Route next) {
		publish(next, Duration.ZERO);
	}

	private void publish(Route next, Duration heldUp) {
		this.route
			.publish(ResolvedRoute.resolve(next, (node) -> node.equals(PRIMARY) ? this.primaryPool : this.mirrorPool,
					this.unwritable, new Loss(System.nanoTime(), heldUp)));
	}

	/**
	 * Publishes a route without nodes and quarantines a lost node that has held up its
	 * callers for some time.
	 */
	void leave(Node node, Duration heldUp) {
		publish(this.route.get().next(null, List.of(), Mode.UNAVAILABLE, Instant.EPOCH, Cause.NODE_LOST), heldUp);
		(node.equals(PRIMARY) ? this.primaryPool : this.mirrorPool).quarantine();
	}

	/**
	 * Returns the number of threads that do work that was given to them.
	 */
	int workingThreads() {
		return this.workers.getActiveCount();
	}

	/**
	 * Sets an action that runs before a connection is given to be aborted, and may throw.
	 */
	public void failAborts(Runnable action) {
		this.beforeAborts = action;
	}

	/**
	 * Waits for the work that was given to other threads, such as aborts. Later work runs
	 * in the thread that gives it.
	 */
	public void finishWork() throws InterruptedException {
		this.workers.shutdown();
		assertThat(this.workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
	}

	public CurrentRoute currentRoute() {
		return this.route;
	}

	public Route route() {
		return this.route.get();
	}

	/**
	 * Refuses all requests from now on, as a closed runtime does.
	 */
	void closeRoute(RuntimeException reason) {
		this.route.close(reason);
	}

	/**
	 * Borrows a connection on another thread and returns the URL of its server.
	 */
	public Future<String> caller() {
		return this.callers.submit(() -> {
			try (Connection connection = this.dataSource.getConnection()) {
				return target(connection);
			}
		});
	}

	/**
	 * Borrows a connection from one pool on another thread, regardless of the route.
	 */
	public Future<String> caller(NodePool pool) {
		return this.callers.submit(() -> {
			try (Connection connection = pool.getConnection()) {
				return target(connection);
			}
		});
	}

	/**
	 * Executes a statement on another thread.
	 */
	public Future<?> execute(Connection connection, String sql) {
		return this.callers.submit(() -> {
			connection.createStatement().execute(sql);
			return null;
		});
	}

	/**
	 * Returns the URL of the server of a pooled connection, or {@code placeholder}.
	 */
	public static String target(Connection connection) throws SQLException {
		if (PlaceholderConnection.isPlaceholder(connection)) {
			return "placeholder";
		}
		return connection.toString().replaceFirst(".* to ", "");
	}

	@Override
	public void close() {
		failAborts(() -> {
		});
		this.primary.accept();
		this.mirror.accept();
		closeRoute(new IllegalStateException("closed"));
		this.callers.shutdownNow();
		this.primaryPool.close();
		this.mirrorPool.close();
		this.workers.shutdownNow();
		this.primary.close();
		this.mirror.close();
	}

	/**
	 * Notes callers that the route does not serve at once.
	 */
	private final class Reroutes implements RerouteListener {

		@Override
		public void rerouted() {
			StubNodePair.this.reroutes.incrementAndGet();
		}

		@Override
		public HeldRequest held() {
			return (route, node, held) -> StubNodePair.this.servedHeld.add((node != null) ? node.name() : "none");
		}

	}

}
