package dev.failover.internal.detection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.failover.BreakerState;
import dev.failover.Node;
import dev.failover.Verdict;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.concurrent.SupervisedThread;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.stub.Failures;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubServer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/**
 * Stub server with its {@link NodeProber}. Records everything that the prober finds.
 */
final class NodeProberFixture implements ProbeListener, AutoCloseable {

	static final Duration NEVER = Duration.ofHours(1);

	private static final AtomicInteger COUNT = new AtomicInteger();

	final StubServer server = new StubServer();

	final List<ProbeResult> results = new CopyOnWriteArrayList<>();

	final AtomicInteger replicationReadings = new AtomicInteger();

	final AtomicInteger replicationFailures = new AtomicInteger();

	final NodeProber prober;

	final ProbeSignal signal;

	private final NodeBreaker breaker;

	private final String threadPrefix = "failover-test-" + COUNT.incrementAndGet() + "-";

	private final ExecutorService workers = Executors
		.newCachedThreadPool((work) -> new Thread(work, this.threadPrefix + "worker"));

	private final SupervisedThread thread;

	private volatile @Nullable Supplier<? extends Throwable> failure;

	/**
	 * Creates a fixture with a short pause after a failed probe.
	 */
	NodeProberFixture(Duration interval, Duration timeout) {
		this(interval, timeout, Duration.ofMillis(20));
	}

	/**
	 * Creates a fixture.
	 * @param retry pause after a failed probe
	 */
	NodeProberFixture(Duration interval, Duration timeout, Duration retry) {
		DetectionSettings settings = new DetectionSettings(interval, timeout, 2, retry, 2, "extra");
		StubDialect dialect = new StubDialect();
		ProbeClock clock = new ProbeClock(Clock.systemUTC(), System::nanoTime);
		this.breaker = new NodeBreaker(CircuitBreaker.of("primary", NodeBreaker.config(settings)));
		this.signal = new ProbeSignal(this.breaker, clock);
		KeptConnection connection = new KeptConnection((sockets) -> this.server.connect(),
				new ErrorClassification(List.of(dialect)), interval, clock);
		ProbeTarget target = new ProbeTarget(new Node("primary"), this.server.url(), connection,
				NodeReader.of(dialect, settings.query()), settings, clock, this);
		this.prober = new NodeProber(target, this.breaker, this.signal, this.workers, this.workers);
		this.thread = new SupervisedThread(this.threadPrefix + "prober", Duration.ofMinutes(1), this.prober,
				Thread::new);
	}

	NodeProberFixture start() {
		this.thread.start();
		return this;
	}

	/**
	 * Sets what this listener throws on each result, or null.
	 */
	void throwFromListener(@Nullable Supplier<? extends Throwable> failure) {
		this.failure = failure;
	}

	List<Verdict> verdicts() {
		return this.results.stream().map((result) -> result.probe().verdict()).toList();
	}

	long goodProbes() {
		return verdicts().stream().filter((verdict) -> verdict == Verdict.UP).count();
	}

	BreakerState breaker() {
		return this.breaker.state();
	}

	/**
	 * Returns whether the prober waits for its next round.
	 */
	boolean isPausing() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey().getName().equals(this.threadPrefix + "prober"))
			.flatMap((thread) -> Arrays.stream(thread.getValue()))
			.anyMatch((frame) -> frame.getClassName().equals(ProbeSignal.class.getName()));
	}

	/**
	 * Returns the number of threads of this prober.
	 */
	long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(this.threadPrefix))
			.count();
	}

	@Override
	public void probed(ProbeResult result) {
		this.results.add(result);
		Supplier<? extends Throwable> current = this.failure;
		if (current != null) {
			Failures.raise(current.get());
		}
	}

	@Override
	public void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at) {
		((reading != null) ? this.replicationReadings : this.replicationFailures).incrementAndGet();
	}

	/**
	 * Stops the prober as the engine does.
	 */
	@Override
	public void close() {
		this.thread.stop();
		this.workers.shutdownNow();
		this.server.close();
	}

}
