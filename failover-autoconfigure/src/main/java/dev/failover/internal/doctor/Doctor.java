package dev.failover.internal.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStateChangedEvent;
import dev.failover.internal.concurrent.DaemonThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks in rounds, which find problems that would make an outage worse. Logs each
 * finding once, and again when it has cleared.
 * <p>
 * Thread-safe. The rounds run on a daemon thread of their own, so that they delay neither
 * the start of the application nor the monitor. Only nodes that are up are inspected; the
 * last inspection of a node that is not up is kept.
 */
public final class Doctor implements FailoverObserver, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** Number of settling pauses for which the first replication samples are awaited. */
	private static final int MAX_PAUSES = 10;

	private final Supplier<FailoverState> states;

	private final Supplier<DoctorSettings> settings;

	private final Semaphore news = new Semaphore(0);

	private final AtomicBoolean begun = new AtomicBoolean();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile List<Finding> findings = List.of();

	/** Confined to the doctor's thread. */
	private Map<Node, NodeInspection> inspections = Map.of();

	private volatile @Nullable Thread thread;

	/**
	 * Creates a doctor. Its rounds begin with the first event.
	 * @param states provides the current state
	 * @param settings provides the settings; called once, on the doctor's thread
	 */
	public Doctor(Supplier<FailoverState> states, Supplier<DoctorSettings> settings) {
		this.states = states;
		this.settings = settings;
	}

	/**
	 * Returns the findings of the last round; empty before the first round. Never blocks
	 * and never opens a connection.
	 */
	public List<Finding> findings() {
		return this.findings;
	}

	@Override
	public void changed(FailoverEvent event) {
		if (this.begun.compareAndSet(false, true)) {
			begin();
		}
		if (event instanceof NodeStateChangedEvent change && change.current().state() != NodeState.DOWN) {
			this.news.release();
		}
	}

	private void begin() {
		try {
			Thread rounds = DaemonThreads.create("failover-doctor", this::run);
			rounds.start();
			this.thread = rounds;
		}
		catch (Throwable ex) {
			this.begun.set(false);
			throw ex;
		}
	}

	private void run() {
		try {
			runRounds(this.settings.get());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Throwable ex) {
			logger.debug("The failover doctor could not start, so that it reports no findings", ex);
		}
	}

	private void runRounds(DoctorSettings current) throws InterruptedException {
		awaitSamples(current.schedule());
		boolean early = true;
		while (!isClosed()) {
			round(current);
			early = awaitNext(current.schedule(), early);
		}
	}

	/**
	 * Waits until the first route is decided and, for a limited time, until the first
	 * samples of replication exist.
	 */
	private void awaitSamples(DoctorSettings.Schedule schedule) throws InterruptedException {
		int pauses = 0;
		do {
			settle(schedule);
			pauses++;
		}
		while (!isClosed() && (!this.states.get().route().decided() || (pauses < MAX_PAUSES && !isSampled())));
		this.news.drainPermits();
	}

	private boolean isSampled() {
		FailoverState state = this.states.get();
		return state.nodes()
			.stream()
			.allMatch((status) -> !status.isUp() || status.replication() != null
					|| status.node().equals(state.route().writes()));
	}

	/**
	 * Waits for the next round.
	 * @param early whether the last round followed the start or a change of a node, so
	 * that the next one follows soon
	 * @return whether a node has changed
	 */
	private boolean awaitNext(DoctorSettings.Schedule schedule, boolean early) throws InterruptedException {
		long pause = (early ? schedule.followUp() : schedule.period()).toMillis();
		boolean woken = this.news.tryAcquire(pause, TimeUnit.MILLISECONDS);
		if (woken) {
			settle(schedule);
			this.news.drainPermits();
		}
		return woken;
	}

	private void settle(DoctorSettings.Schedule schedule) throws InterruptedException {
		this.closed.await(schedule.settle().toMillis(), TimeUnit.MILLISECONDS);
	}

	private void round(DoctorSettings current) throws InterruptedException {
		try {
			examine(current);
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			logger.warn("A round of the failover doctor failed; its findings stay as they were."
					+ " Failover is not affected, and the next round follows", ex);
		}
	}

	private void examine(DoctorSettings current) throws InterruptedException {
		Map<Node, NodeInspection> earlier = this.inspections;
		this.inspections = inspect(current, earlier);
		List<Finding> before = this.findings;
		CheckContext context = new CheckContext(current.nodes(), this.states.get(), DnsCache.ofThisJvm(),
				this.inspections, earlier, before);
		List<Finding> found = current.checks().stream().flatMap((check) -> check.check(context).stream()).toList();
		this.findings = found;
		found.stream().filter((finding) -> isNew(finding, before)).forEach(Doctor::log);
		before.stream()
			.filter((finding) -> isNew(finding, found))
			.forEach((finding) -> logger.info("Finding {} cleared", finding.label()));
	}

	private Map<Node, NodeInspection> inspect(DoctorSettings current, Map<Node, NodeInspection> known)
			throws InterruptedException {
		Map<Node, NodeInspection> result = new LinkedHashMap<>(known);
		for (NodeSettings node : current.nodes()) {
			if (this.states.get().status(node.node()).isUp() && !isClosed()) {
				current.inspector().inspect(node).ifPresent((inspection) -> result.put(node.node(), inspection));
			}
		}
		return result;
	}

	private static boolean isNew(Finding finding, List<Finding> others) {
		return others.stream().noneMatch(finding::isSame);
	}

	private static void log(Finding finding) {
		switch (finding.severity()) {
			case WARNING -> logger.warn("Finding {}: {} {}", finding.label(), finding.problem(), finding.remedy());
			case INFO -> logger.info("Finding {}: {} {}", finding.label(), finding.problem(), finding.remedy());
		}
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	/**
	 * Ends the rounds, and interrupts an inspection that is under way.
	 */
	@Override
	public void close() {
		this.closed.countDown();
		Thread rounds = this.thread;
		if (rounds != null) {
			rounds.interrupt();
		}
	}

}
