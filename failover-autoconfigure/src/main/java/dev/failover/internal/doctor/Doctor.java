package dev.failover.internal.doctor;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.FailoverState;
import dev.failover.NodeState;
import dev.failover.NodeStateChangedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds before the outage what would hurt in it, and tells once.
 * <p>
 * Thread-safe. It works on a daemon thread of its own: it delays neither the
 * application's start nor the monitor. It visits only nodes that are up; of one that is
 * not, what was known stands.
 */
public final class Doctor implements Findings, FailoverObserver, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** Rounds that the first samples of replication are waited for. */
	private static final int PATIENCE = 10;

	private final Supplier<FailoverState> states;

	private final Supplier<DoctorSettings> opening;

	private final Semaphore news = new Semaphore(0);

	private final AtomicBoolean begun = new AtomicBoolean();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile @Nullable Diagnosis diagnosis;

	private volatile @Nullable Thread thread;

	/**
	 * Create a doctor, who begins as soon as the monitor has news.
	 * @param states tells what the monitor knows
	 * @param opening gives what the doctor works with; asked once, on the doctor's thread
	 */
	public Doctor(Supplier<FailoverState> states, Supplier<DoctorSettings> opening) {
		this.states = states;
		this.opening = opening;
	}

	@Override
	public List<Finding> current() {
		Diagnosis found = this.diagnosis;
		return (found != null) ? found.findings() : List.of();
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
		Thread rounds = new Thread(this::run, "failover-doctor");
		rounds.setDaemon(true);
		this.thread = rounds;
		rounds.start();
	}

	private void run() {
		try {
			DoctorSettings practice = this.opening.get();
			Diagnosis rounds = new Diagnosis(this.states, practice, this::over);
			this.diagnosis = rounds;
			visit(rounds, practice.rounds());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.debug("There is nothing to examine", ex);
		}
	}

	private void visit(Diagnosis diagnosis, Rounds rounds) throws InterruptedException {
		awaitSamples(rounds);
		boolean early = true;
		while (!over()) {
			diagnosis.round();
			early = awaitNext(rounds, early);
		}
	}

	/**
	 * Wait until there is a route, and for a while until there are the first samples of
	 * replication.
	 */
	private void awaitSamples(Rounds rounds) throws InterruptedException {
		int patience = PATIENCE;
		do {
			settle(rounds);
			patience--;
		}
		while (!over() && (!this.states.get().route().decided() || (patience > 0 && !sampled())));
		this.news.drainPermits();
	}

	private boolean sampled() {
		FailoverState state = this.states.get();
		return state.nodes()
			.stream()
			.allMatch((status) -> !status.isUp() || status.replication() != null
					|| status.node().equals(state.route().writes()));
	}

	/**
	 * Wait for the next round.
	 * @param early whether this round came soon after news, so that the next follows up
	 * @return whether there was news
	 */
	private boolean awaitNext(Rounds rounds, boolean early) throws InterruptedException {
		long pause = (early ? rounds.followUp() : rounds.period()).toMillis();
		boolean woken = this.news.tryAcquire(pause, TimeUnit.MILLISECONDS);
		if (woken) {
			settle(rounds);
			this.news.drainPermits();
		}
		return woken;
	}

	private void settle(Rounds rounds) throws InterruptedException {
		this.closed.await(rounds.settle().toMillis(), TimeUnit.MILLISECONDS);
	}

	private boolean over() {
		return this.closed.getCount() == 0;
	}

	/**
	 * End the rounds, and break off a visit under way.
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
