package dev.failover.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

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
import dev.failover.PromotionTrigger;
import dev.failover.ReadOnlyMode;
import dev.failover.RequestStats;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.drill.Drill;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.monitor.ChangePublisher;
import dev.failover.internal.monitor.DaemonThreads;
import dev.failover.internal.monitor.MonitorSettings;
import dev.failover.internal.routing.FailoverDataSource;
import dev.failover.internal.routing.ReadYourWrites;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failover over one set of nodes: the data source at once, and the {@link Engine} behind
 * it, which is put together on a thread of its own when it is first needed, or told to
 * {@linkplain #begin() begin}.
 * <p>
 * Thread-safe. Creating it waits for nothing: neither for a node nor for the classes and
 * pools of the engine. The first connection waits until each node has answered or is
 * known to be down. Whoever asks for a part of the engine waits until it is there; if it
 * could not be put together, all are told why. Closing it stops all its threads.
 */
public final class FailoverRuntime implements Failover, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** A failover wants many threads for a moment, and none of them afterwards. */
	private static final Duration IDLE_WORKER = Duration.ofSeconds(10);

	private final ExecutorService workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_WORKER.toSeconds(),
			TimeUnit.SECONDS, new SynchronousQueue<>(), DaemonThreads.named("failover-worker-"));

	private final ChangePublisher announcer = new ChangePublisher(this.workers);

	private final NodeDefinition home;

	private final Dialect dialect;

	private final Clock clock;

	private final FailoverDataSource dataSource;

	private final Assembly assembly;

	private final CompletableFuture<Engine> engine = new CompletableFuture<>();

	private final AtomicBoolean begun = new AtomicBoolean();

	private final OperationTracker operations;

	/**
	 * Create the data source.
	 * @param definitions the nodes, in order of preference
	 * @param settings asked when the engine is put together
	 */
	public FailoverRuntime(List<NodeDefinition> definitions, Dialect dialect, ErrorClassification errors,
			DetectionSettings detection, Supplier<MonitorSettings> settings, ReadOnlyMode readOnlyMode,
			PromotionTrigger promotionTrigger, boolean drills, Clock clock) {
		this.home = definitions.get(0);
		this.dialect = dialect;
		this.clock = clock;
		this.dataSource = new FailoverDataSource(Route.undecided(clock.instant()),
				Duration.ofMillis(this.home.pool().getConnectionTimeout()), readOnlyMode, this::begin);
		this.operations = new OperationTracker(this.announcer, this::state, clock);
		this.assembly = new Assembly(definitions, errors, detection, settings, promotionTrigger, drills);
	}

	/**
	 * Begin to put the engine together and to start it, unless that has begun. Waits for
	 * nothing.
	 */
	public void begin() {
		if (this.begun.compareAndSet(false, true)) {
			this.workers.execute(this::assemble);
		}
	}

	private void assemble() {
		try {
			this.engine.complete(start(this.assembly));
		}
		catch (RuntimeException | Error ex) {
			logger.error("Failover could not be put together; the data source hands out no connection", ex);
			this.dataSource.fail(new IllegalStateException("Failover could not be put together", ex));
			this.engine.completeExceptionally(ex);
		}
	}

	private Engine start(Assembly of) {
		MonitorSettings settings = of.settings().get();
		Engine parts = new Engine(of.definitions(), this.dialect, of.errors(), of.detection(), settings, of.drills(),
				this.announcer, this.workers, this.clock);
		parts.start(this.dataSource, settings.abortGrace(), of.promotionTrigger());
		return parts;
	}

	/**
	 * The engine, waited for if need be.
	 * @throws IllegalStateException if it could not be put together, or was closed before
	 */
	private Engine engine() {
		begin();
		try {
			return this.engine.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException("Failover is not at work", ex.getCause());
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
		return new ReadYourWrites(this.dataSource, this.dialect, (node) -> engine().applied().of(node));
	}

	/**
	 * Whether a fresh connection commits by itself.
	 */
	public boolean defaultAutoCommit() {
		return this.home.pool().isAutoCommit();
	}

	/**
	 * Transaction isolation of a fresh connection, as in {@link java.sql.Connection}'s
	 * constants.
	 */
	public int defaultTransactionIsolation() {
		String configured = this.home.pool().getTransactionIsolation();
		return (configured != null) ? UtilityElf.getTransactionIsolation(configured)
				: this.dialect.defaultTransactionIsolation();
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
	public CompletableFuture<RouteChange> switchover(Node target, boolean force, String operator) {
		engine().pool(target);
		return this.operations.run(operation(Action.SWITCHOVER, target, force ? "forced" : null, operator),
				() -> engine().monitor().switchover(target, force, operator));
	}

	@Override
	public CompletableFuture<RouteChange> failback(String operator) {
		return this.operations.run(operation(Action.FAILBACK, this.home.node(), null, operator),
				() -> engine().monitor().switchover(this.home.node(), false, operator));
	}

	@Override
	public CompletableFuture<DrillReport> drill(DrillFault fault, Duration duration, String operator) {
		Operation operation = operation(Action.DRILL, state().route().writes(), fault.label() + " for " + duration,
				operator);
		return this.operations.run(operation, () -> drill(fault, duration));
	}

	private CompletableFuture<DrillReport> drill(DrillFault fault, Duration duration) {
		FailoverState state = state();
		Engine parts = engine();
		parts.drills().check(duration, state.ready(), state.automatic());
		Node node = Objects.requireNonNull(state.route().writes());
		Drill drill = new Drill(node, fault, duration, this::state, this.dataSource, parts.pool(node),
				parts.rehearsal(node), parts::failures, this.clock);
		return parts.drills().run(drill, duration);
	}

	private Operation operation(Action action, @Nullable Node target, @Nullable String detail, String operator) {
		return new Operation(action, target, detail, operator, this.clock.instant());
	}

	/**
	 * The pool on a node.
	 * @throws IllegalArgumentException if there is no such node
	 */
	public HikariDataSource hikari(Node node) {
		return engine().pool(node).hikari();
	}

	@Override
	public FailoverState state() {
		FailoverState state = engine().monitor().state();
		Operation operation = this.operations.current();
		return (operation != null) ? state.withOperation(operation) : state;
	}

	@Override
	public PoolStats pool(Node node) {
		return engine().pool(node).stats();
	}

	@Override
	public RequestStats requests() {
		return new RequestStats(this.dataSource.heldRequests(), this.dataSource.waitingRequests(),
				this.dataSource.refusedRequests());
	}

	@Override
	public void close() {
		this.dataSource.close();
		if (!this.begun.getAndSet(true)) {
			this.engine.completeExceptionally(new IllegalStateException("It was closed"));
		}
		this.engine.handle((parts, failure) -> {
			if (failure == null) {
				parts.close();
			}
			return failure == null;
		}).join();
		this.workers.shutdownNow();
	}

	/**
	 * What the engine is put together from.
	 */
	private record Assembly(List<NodeDefinition> definitions, ErrorClassification errors, DetectionSettings detection,
			Supplier<MonitorSettings> settings, PromotionTrigger promotionTrigger, boolean drills) {
	}

}
