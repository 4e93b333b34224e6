package dev.failover.internal.engine;

import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.UtilityElf;
import dev.failover.DrillFault;
import dev.failover.DrillReport;
import dev.failover.Failover;
import dev.failover.FailoverObserver;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.Operation;
import dev.failover.Operation.Action;
import dev.failover.PoolStats;
import dev.failover.RequestStats;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.dialect.Dialect;
import dev.failover.internal.concurrent.DaemonThreads;
import dev.failover.internal.concurrent.EngineThreads;
import dev.failover.internal.drill.Drill;
import dev.failover.internal.monitor.ChangePublisher;
import dev.failover.internal.routing.CurrentRoute;
import dev.failover.internal.routing.FailoverDataSource;
import dev.failover.internal.routing.ReadYourWritesGuard;
import dev.failover.internal.routing.RerouteListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Failover} over one set of nodes: provides the data source at once, and builds
 * the {@link Engine} behind it on a thread of its own, when it is first needed or when
 * {@link #begin()} is called.
 * <p>
 * Thread-safe. The constructor waits for nothing: neither for a node nor for the classes
 * and pools of the engine. The first connection waits until each node has answered or is
 * known to be down. Callers who need the engine wait until it is built; if it cannot be
 * built, each of them gets the reason. Closing stops all threads.
 */
public final class FailoverRuntime implements Failover, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** Pause before the engine is built again after the process had too little for it. */
	private static final Duration BUILD_PAUSE = Duration.ofMillis(500);

	private final EngineThreads threads;

	private final ChangePublisher publisher;

	private final MonotonicClock clock;

	private final EngineDefinition definition;

	private final CurrentRoute route;

	private final FailoverDataSource dataSource;

	private final ReadYourWritesGuard readYourWrites;

	private final boolean serializable;

	private final CompletableFuture<Engine> engine = new CompletableFuture<>();

	private final AtomicBoolean begun = new AtomicBoolean();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final OperationTracker operations;

	public FailoverRuntime(EngineDefinition definition) {
		this(definition, System::nanoTime, DaemonThreads::named);
	}

	/**
	 * Creates a runtime with a clock and with threads of its own.
	 * @param nanos measures elapsed time
	 * @param factories makes a factory from the beginning of the names of its threads
	 */
	FailoverRuntime(EngineDefinition definition, LongSupplier nanos, Function<String, ThreadFactory> factories) {
		this.threads = new EngineThreads(factories);
		this.publisher = new ChangePublisher(this.threads.general());
		this.clock = new MonotonicClock(definition.clock(), nanos);
		this.definition = definition.withClock(this.clock);
		this.route = new CurrentRoute(Route.undecided(this.clock.instant()));
		Map<Node, DataSource> pools = new LinkedHashMap<>();
		definition.nodes().forEach((node) -> pools.put(node.node(), new NodeDataSource(() -> hikari(node.node()))));
		this.dataSource = new FailoverDataSource(this.route, pools,
				Duration.ofMillis(definition.preferred().pool().getConnectionTimeout()),
				RerouteListener.of(this::begin, this.publisher::held), this::readsSuffice);
		this.serializable = defaultTransactionIsolation() == Connection.TRANSACTION_SERIALIZABLE;
		this.readYourWrites = new ReadYourWritesGuard(this.dataSource, this.route, dialect(),
				(node) -> engine().monitor().appliedHistory(node));
		this.operations = new OperationTracker(this.publisher, this::state, this.clock, this.threads.general());
	}

	/**
	 * Begins to build and start the engine, unless that has begun. Does not block. If the
	 * process can make no thread now, the next call begins.
	 */
	public void begin() {
		if (this.begun.compareAndSet(false, true)) {
			try {
				this.threads.general().execute(this::build);
			}
			catch (Throwable ex) {
				this.begun.set(false);
				throw ex;
			}
		}
	}

	private void build() {
		try {
			this.threads.prestart();
			this.engine.complete(buildAndStart());
			warmUp();
		}
		catch (Throwable ex) {
			this.engine.completeExceptionally(ex);
			this.route.close(new IllegalStateException("Failover could not be started", ex));
			logger.error("Failover could not be started; the data source hands out no connection. "
					+ "Correct the cause and restart the application", ex);
		}
	}

	/**
	 * Starts a thread that warms up the code of a failover. It is not needed: without it,
	 * the first failover takes longer.
	 */
	private void warmUp() {
		try {
			Thread thread = this.threads.single()
				.newThread(new FailoverWarmUp(this.definition, this::isQuiet, this.closed, FailoverWarmUp.PAUSE));
			thread.setName("failover-warm-up");
			thread.setPriority(Thread.MIN_PRIORITY);
			thread.start();
		}
		catch (Throwable ex) {
			logger.debug("The code of a failover is not warmed up", ex);
		}
	}

	private boolean isQuiet() {
		return this.dataSource.waitingRequests() == 0 && state().ready()
				&& FailoverWarmUp.hasProcessor(System::nanoTime);
	}

	/**
	 * Builds and starts the engine. Tries again while the process has too little memory
	 * or too few threads for it, as each caller of a single pool does.
	 */
	private Engine buildAndStart() throws InterruptedException {
		while (true) {
			try {
				return start(new EngineBuilder(this.definition, this.route, this.publisher, this.threads).build());
			}
			catch (VirtualMachineError ex) {
				if (this.closed.await(BUILD_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
					throw ex;
				}
			}
		}
	}

	private Engine start(Engine built) {
		try {
			this.threads.prestart();
			built.start();
			return built;
		}
		catch (Throwable ex) {
			built.close();
			throw ex;
		}
	}

	/**
	 * Returns the engine, waiting for it if necessary.
	 * @throws IllegalStateException if it could not be built, or was closed before
	 */
	private Engine engine() {
		begin();
		try {
			return this.engine.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("Failover is not running", ex.getCause());
		}
	}

	/**
	 * Attaches observers. They are also notified of earlier events.
	 */
	public void observe(List<FailoverObserver> observers) {
		this.publisher.attach(observers);
	}

	/**
	 * Returns the route that the data source uses at this moment; {@link #state()}
	 * follows it.
	 */
	public Route route() {
		return this.route.get();
	}

	/**
	 * Returns the data source of the application.
	 */
	public FailoverDataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Returns the guard for sessions that read what they wrote while reads go to another
	 * node.
	 */
	public ReadYourWritesGuard readYourWrites() {
		return this.readYourWrites;
	}

	/**
	 * Returns whether the configuration makes connections serializable.
	 */
	public boolean isSerializable() {
		return this.serializable;
	}

	/**
	 * Returns whether the current thread's read-only transaction may use a replica, which
	 * may refuse serializable ones.
	 */
	private boolean readsSuffice() {
		return !this.serializable && this.readYourWrites.isSatisfied();
	}

	/**
	 * Returns whether a fresh connection commits by itself.
	 */
	public boolean defaultAutoCommit() {
		return this.definition.preferred().pool().isAutoCommit();
	}

	/**
	 * Returns the dialect of the nodes.
	 */
	public Dialect dialect() {
		return this.definition.preferred().dialect();
	}

	/**
	 * Returns the transaction isolation of a fresh connection, as in
	 * {@link java.sql.Connection}'s constants.
	 */
	public int defaultTransactionIsolation() {
		NodeDefinition preferred = this.definition.preferred();
		String configured = preferred.pool().getTransactionIsolation();
		return (configured != null) ? UtilityElf.getTransactionIsolation(configured)
				: preferred.dialect().defaultTransactionIsolation();
	}

	/**
	 * Returns the HikariCP pool on a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	public HikariDataSource hikari(Node node) {
		return engine().nodes().pool(node).hikari();
	}

	/**
	 * Calls an action with the pool of each node as soon as the pools exist: at once, or
	 * on the thread that builds them. Does not block.
	 */
	public void whenPoolsExist(BiConsumer<Node, HikariDataSource> action) {
		this.engine
			.thenAccept((built) -> this.definition.nodes()
				.forEach((node) -> action.accept(node.node(), built.nodes().pool(node.node()).hikari())))
			.exceptionally((ex) -> {
				logger.debug("The pools were not handed on", ex);
				return null;
			});
	}

	/**
	 * Returns the pool of the node that serves, or of the preferred node if none does.
	 * Before the pools exist, returns the configuration of the latter. Does not block.
	 */
	public HikariConfig servingPool() {
		Engine built = this.engine.isCompletedExceptionally() ? null : this.engine.getNow(null);
		Node serving = this.route.get().serving();
		NodeDefinition preferred = this.definition.preferred();
		return (built != null) ? built.nodes().pool((serving != null) ? serving : preferred.node()).hikari()
				: preferred.pool();
	}

	@Override
	public FailoverState state() {
		Engine built = engine();
		TimeOfDay time = new TimeOfDay(this.clock.offset());
		FailoverState state = time.of(built.state());
		Operation operation = this.operations.current();
		return (operation != null) ? state.withOperation(time.of(operation)) : state;
	}

	@Override
	public PoolStats pool(Node node) {
		return engine().nodes().pool(node).stats();
	}

	@Override
	public RequestStats requests() {
		return new RequestStats(this.dataSource.heldRequests(), this.dataSource.waitingRequests(),
				this.dataSource.refusedRequests());
	}

	@Override
	public CompletableFuture<RouteChange> switchover(Node target, boolean force, String operator) {
		engine().nodes().pool(target);
		return this.operations.run(operation(Action.SWITCHOVER, target, force ? "forced" : null, operator),
				() -> engine().monitor().switchover(target, force, operator));
	}

	@Override
	public CompletableFuture<RouteChange> failback(String operator) {
		Node preferred = this.definition.preferred().node();
		return this.operations.run(operation(Action.FAILBACK, preferred, null, operator),
				() -> engine().monitor().switchover(preferred, false, operator));
	}

	@Override
	public CompletableFuture<Void> pause(String operator) {
		return this.operations.run(operation(Action.PAUSE, null, null, operator), () -> engine().monitor().pause(true));
	}

	@Override
	public CompletableFuture<Void> resume(String operator) {
		return this.operations.run(operation(Action.RESUME, null, null, operator),
				() -> engine().monitor().pause(false));
	}

	@Override
	public CompletableFuture<DrillReport> drill(DrillFault fault, Duration duration, String operator) {
		Operation operation = operation(Action.DRILL, state().route().writes(), fault.label() + " for " + duration,
				operator);
		return this.operations.run(operation, () -> drill(fault, duration));
	}

	private CompletableFuture<DrillReport> drill(DrillFault fault, Duration duration) {
		Engine built = engine();
		FailoverState state = built.state();
		built.drills().check(duration, state);
		Node node = Objects.requireNonNull(state.route().writes());
		Drill.Counters counters = new Drill.Counters(() -> built.nodes().failures() + this.dataSource.refusedRequests(),
				() -> this.dataSource.heldRequests() + this.dataSource.waitingRequests());
		return built.drills()
			.run(new Drill(new Drill.Order(node, fault, duration), built.nodes().pool(node), built.rehearsal(node),
					counters, built::state));
	}

	private Operation operation(Action action, @Nullable Node target, @Nullable String detail, String operator) {
		return new Operation(action, target, detail, operator, this.clock.instant());
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.route.close(new IllegalStateException("The failover data source is closed"));
		if (!this.begun.getAndSet(true)) {
			this.engine.completeExceptionally(new IllegalStateException("It was closed before it was used"));
		}
		this.engine.handle((built, failure) -> {
			if (failure == null) {
				built.close();
			}
			return failure == null;
		}).join();
		this.threads.stop();
	}

}
