package dev.failover.internal.detection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.failover.BreakerState;
import dev.failover.Node;
import dev.failover.Probe;
import dev.failover.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one node for ever, on a thread of its own: in its period, at once after a
 * suspicion, soon after a failure, and often while no node takes writes.
 * <p>
 * {@link #suspect()}, {@link #hurry} and {@link #relax} may be called from any thread and
 * never block.
 */
public final class NodeProber implements Runnable {

	/**
	 * While no node takes writes, the pause between probes is this part of the time that
	 * it has lasted: what a promotion waits for us is at most a fortieth of the outage,
	 * and a long outage costs the servers nothing.
	 */
	private static final int URGENT_PART = 40;

	private static final Logger logger = LoggerFactory.getLogger(NodeProber.class);

	private final ProbeTarget target;

	private final NodeBreaker breaker;

	private final ExecutorService workers;

	private final Semaphore wakeUp = new Semaphore(0);

	private final AtomicLong firstBadSignal = new AtomicLong();

	private final AtomicLong urgentSince = new AtomicLong();

	private final RoundTripEstimator patience;

	private int failures;

	private volatile boolean running = true;

	private volatile List<ProbeAttempt> unfinished = List.of();

	public NodeProber(ProbeTarget target, NodeBreaker breaker, ExecutorService workers) {
		this.target = target;
		this.breaker = breaker;
		this.workers = workers;
		this.patience = new RoundTripEstimator(target.settings());
	}

	/**
	 * The node that it asks.
	 */
	public Node node() {
		return this.target.node();
	}

	/**
	 * State of the node's breaker.
	 */
	public BreakerState breaker() {
		return this.breaker.state();
	}

	/**
	 * Look at once: traffic saw an error that could mean the node is gone.
	 */
	public void suspect() {
		if (this.breaker.state() != BreakerState.OPEN) {
			this.firstBadSignal.compareAndSet(0, this.target.nanos().nanoTime());
			wake();
		}
	}

	/**
	 * Look at once.
	 */
	public void wake() {
		if (this.wakeUp.availablePermits() == 0) {
			this.wakeUp.release();
		}
	}

	/**
	 * Look often until told to relax: no node takes writes.
	 */
	public void hurry() {
		if (this.urgentSince.compareAndSet(0, this.target.nanos().nanoTime())) {
			wake();
		}
	}

	/**
	 * Return to the usual period.
	 */
	public void relax() {
		this.urgentSince.set(0);
	}

	/**
	 * Stop for good; the connection that is kept is closed.
	 */
	public void stop() {
		this.running = false;
		wake();
	}

	@Override
	public void run() {
		try {
			while (this.running) {
				long started = this.target.nanos().nanoTime();
				look();
				pause(started);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.unfinished.forEach((attempt) -> attempt.abandon(Runnable::run));
			this.target.close();
		}
	}

	/**
	 * One round. Whatever fails in it, the prober lives on.
	 */
	private void look() throws InterruptedException {
		try {
			round();
		}
		catch (RuntimeException ex) {
			if (this.running) {
				logger.error("A round of probes of node '{}' failed; the next one follows", node(), ex);
			}
		}
	}

	private void round() throws InterruptedException {
		abandonLate();
		List<ProbeAttempt> left = new ProbeRound(this.target, this.workers, this.patience, this::record)
			.run((this.breaker.state() == BreakerState.CLOSED) ? this.target.settings().failureThreshold() : 1);
		List<ProbeAttempt> all = new ArrayList<>(this.unfinished);
		all.addAll(left);
		this.unfinished = all.stream().filter((attempt) -> !attempt.finished()).toList();
	}

	/**
	 * An attempt that answered and then hung in reading replication is given up on.
	 */
	private void abandonLate() {
		long limit = this.target.nanos().nanoTime() - this.target.settings().timeout().toNanos();
		for (ProbeAttempt attempt : this.unfinished) {
			if (attempt.startedNanos() < limit) {
				attempt.abandon(this.workers);
			}
		}
	}

	private void record(ProbeAttempt attempt) {
		Probe probe = attempt.outcome();
		this.breaker.record(probe.verdict(), probe.took(), String.valueOf(probe.error()));
		if (probe.verdict() == Verdict.DOWN) {
			this.failures++;
			this.firstBadSignal.compareAndSet(0, attempt.startedNanos());
		}
		else {
			this.failures = 0;
			forgetSignalBefore(attempt.startedNanos());
		}
		this.target.listener()
			.probed(new ProbeResult(node(), probe, attempt.reading(), this.breaker.state(), this.firstBadSignal.get()));
	}

	private void forgetSignalBefore(long started) {
		long signal = this.firstBadSignal.get();
		if (signal - started <= 0) {
			this.firstBadSignal.compareAndSet(signal, 0);
		}
	}

	private void pause(long roundStarted) throws InterruptedException {
		Duration retry = this.target.settings().retryInterval();
		if (this.wakeUp.tryAcquire(pauseTime().toNanos(), TimeUnit.NANOSECONDS)) {
			this.wakeUp.drainPermits();
			long earliest = roundStarted + retry.toNanos();
			TimeUnit.NANOSECONDS.sleep(Math.max(0, earliest - this.target.nanos().nanoTime()));
		}
	}

	private Duration pauseTime() {
		DetectionSettings settings = this.target.settings();
		BreakerState state = this.breaker.state();
		if (this.failures > 0 && this.failures < settings.failureThreshold() && state == BreakerState.CLOSED) {
			return settings.retryInterval();
		}
		long since = this.urgentSince.get();
		if (since == 0) {
			return settings.interval();
		}
		if (state == BreakerState.HALF_OPEN) {
			return settings.retryInterval();
		}
		Duration part = Duration.ofNanos((this.target.nanos().nanoTime() - since) / URGENT_PART);
		return clamp(part, settings.retryInterval(), settings.interval());
	}

	static Duration clamp(Duration value, Duration least, Duration most) {
		Duration atLeast = (value.compareTo(least) < 0) ? least : value;
		return (atLeast.compareTo(most) > 0) ? most : atLeast;
	}

}
