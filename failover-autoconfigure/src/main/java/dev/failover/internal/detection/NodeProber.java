package dev.failover.internal.detection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import dev.failover.BreakerState;
import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Probe;
import dev.failover.Verdict;
import dev.failover.internal.concurrent.SupervisedThread;
import dev.failover.internal.concurrent.UnexpectedErrors;
import dev.failover.internal.detection.ProbeAttempt.Use;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes one node, one round in each turn of its thread: periodically, at once after a
 * suspicion, soon after a failure, and often while no node accepts writes; ever more
 * rarely while a probe needs a login and logins are refused.
 */
public final class NodeProber implements SupervisedThread.Turn {

	/**
	 * Divisor of the time without a writable node that gives the pause between probes: a
	 * promotion is noticed within a fortieth of the outage, and the pauses grow with a
	 * long outage.
	 */
	private static final int URGENT_DIVISOR = 40;

	/**
	 * Divisor of the time for which another name has led to the same server that gives
	 * the least pause between two looks where this one leads.
	 */
	private static final int SHARED_DIVISOR = 10;

	private static final Logger logger = LoggerFactory.getLogger(NodeProber.class);

	private final ProbeTarget target;

	private final NodeBreaker breaker;

	private final ProbeSignal signal;

	private final Executor workers;

	private final Executor aborts;

	private final RoundTripEstimator roundTrips;

	private final UnexpectedErrors listenerErrors = new UnexpectedErrors(logger,
			"The result of a probe could not be processed. Probing continues; please report this");

	private int failures;

	/** Whether the last probe found the node up, not merely alive. */
	private boolean good;

	/** Time that a server which starts up or shuts down took to say so, or zero. */
	private Duration unready = Duration.ZERO;

	/** Whether the prober was woken and has not looked where the name leads since. */
	private boolean lookDue;

	private @Nullable String refusal;

	private List<ProbeAttempt> unfinished = List.of();

	/**
	 * Creates a prober.
	 * @param breaker records the verdicts
	 * @param signal wakes the prober
	 * @param workers threads that may block while probing
	 * @param aborts threads that abort connections, other ones: the workers may all be
	 * blocked on those
	 */
	public NodeProber(ProbeTarget target, NodeBreaker breaker, ProbeSignal signal, Executor workers, Executor aborts) {
		this.target = target;
		this.breaker = breaker;
		this.signal = signal;
		this.workers = workers;
		this.aborts = aborts;
		this.roundTrips = new RoundTripEstimator(target.settings());
	}

	/**
	 * Returns the node that is probed.
	 */
	public Node node() {
		return this.target.node();
	}

	/**
	 * Returns the longest time that a turn can take.
	 */
	public Duration longestTurn() {
		return settings().interval()
			.plus(settings().timeout().multipliedBy(AnswerDeadline.LONGEST))
			.plusSeconds(LoginBackoff.MOST_SECONDS)
			.multipliedBy(2);
	}

	/**
	 * Runs one round and pauses.
	 */
	@Override
	public void run() throws InterruptedException {
		long started = nanoTime();
		try {
			round();
		}
		finally {
			pause(started);
		}
	}

	/**
	 * Closes the kept connection.
	 */
	@Override
	public void end() {
		this.unfinished.forEach((attempt) -> attempt.abandon(Runnable::run));
		this.target.connection().close();
	}

	private void round() throws InterruptedException {
		abandonLate();
		List<ProbeAttempt> left = new ProbeRound(this.target, this.workers, this.aborts, this.roundTrips, this::record)
			.run((this.breaker.state() == BreakerState.CLOSED) ? settings().failureThreshold() : 1, connectionToUse());
		List<ProbeAttempt> all = new ArrayList<>(this.unfinished);
		all.addAll(left);
		this.unfinished = all.stream().filter((attempt) -> !attempt.isFinished()).toList();
	}

	/**
	 * Returns the connection of the next probe. Names can move: after a suspicion or a
	 * change of another node, while no node takes writes, and ever more rarely while
	 * another name leads to the same server, a fresh one shows which server the name
	 * leads to now. One look at a time: a busy server is not kept busy with logins.
	 */
	private Use connectionToUse() {
		long shared = this.signal.sharedSince();
		KeptConnection connection = this.target.connection();
		boolean look = this.lookDue || this.signal.urgentSince() != 0
				|| (shared != 0 && connection.sinceLastLogin().toNanos() > (nanoTime() - shared) / SHARED_DIVISOR);
		if (!look || isLookUnderWay() || !connection.mayLookAgain()) {
			return Use.KEPT;
		}
		this.lookDue = false;
		return Use.LOOK_AGAIN;
	}

	private boolean isLookUnderWay() {
		return this.unfinished.stream().anyMatch((attempt) -> attempt.looksAgain() && !attempt.isFinished());
	}

	/**
	 * Gives up on attempts that answered and then hung in reading replication, and on
	 * looks that the kept connection was faster than.
	 */
	private void abandonLate() {
		this.unfinished.stream().filter(ProbeAttempt::isOverdue).forEach((attempt) -> attempt.abandon(this.aborts));
	}

	/**
	 * Records the outcome of an attempt and tells the listener, whose errors do not keep
	 * the round from going on. A lack of this process is told, but says nothing about the
	 * node.
	 */
	private void record(ProbeAttempt attempt) {
		Probe probe = attempt.outcome();
		if (!attempt.isOwnFault()) {
			record(attempt, probe);
		}
		try {
			this.target.listener()
				.probed(new ProbeResult(node(), attempt.server(), probe, attempt.startedNanos(), attempt.reading(),
						this.breaker.state(), this.signal.firstBad()));
		}
		catch (Throwable ex) {
			this.listenerErrors.report(ex);
		}
	}

	private void record(ProbeAttempt attempt, Probe probe) {
		this.breaker.record(probe.verdict(), probe.took(), String.valueOf(probe.error()));
		this.good = probe.verdict() == Verdict.UP;
		this.unready = (probe.errorClass() == ErrorClass.STARTING_UP) ? probe.took() : Duration.ZERO;
		if (probe.verdict() == Verdict.DOWN) {
			this.failures++;
			this.signal.failed(attempt.startedNanos());
		}
		else {
			this.failures = 0;
			this.signal.answered(attempt.startedNanos());
			noteRefusal(probe);
		}
	}

	/**
	 * Logs another reason for refused logins. The condition of the node has logged the
	 * first one.
	 */
	private void noteRefusal(Probe probe) {
		if (probe.errorClass() == ErrorClass.UNAUTHORIZED) {
			String reason = String.valueOf(probe.error());
			if (this.refusal != null && !this.refusal.equals(reason)) {
				logger.warn(
						"Node '{}' ({}) still refuses the login, now for another reason: {}. Correct user, "
								+ "password and permissions of that node; it is asked at least every {} s",
						node(), this.target.address(), reason, LoginBackoff.MOST_SECONDS);
			}
			this.refusal = reason;
		}
		else if (probe.verdict() == Verdict.UP) {
			this.refusal = null;
		}
	}

	private void pause(long roundStarted) throws InterruptedException {
		Duration login = (this.failures == 0) ? this.target.connection().loginPause() : null;
		if (this.signal.await((login != null) ? login : pauseTime())) {
			this.lookDue = true;
			Duration least = (this.breaker.state() == BreakerState.CLOSED) ? settings().retryInterval()
					: leastPause(settings(), this.unready);
			if (login != null) {
				least = clamp(login, least, LoginBackoff.LEAST);
			}
			TimeUnit.NANOSECONDS.sleep(Math.max(0, roundStarted + least.toNanos() - nanoTime()));
		}
	}

	/**
	 * Returns the time to the next probe. A node that answers again is tried quickly if
	 * it may be needed: no node accepts writes, or its name now leads to the server that
	 * another name leads to, which may follow it to another one at any moment.
	 */
	private Duration pauseTime() {
		DetectionSettings settings = settings();
		BreakerState state = this.breaker.state();
		if (this.failures > 0 && this.failures < settings.failureThreshold() && state == BreakerState.CLOSED) {
			return settings.retryInterval();
		}
		long since = state.permits() ? this.signal.urgentSince() : this.signal.urgentSinceLoss();
		if (this.good && state == BreakerState.HALF_OPEN && (since != 0 || this.signal.sharedSince() != 0)) {
			return settings.retryInterval();
		}
		if (since == 0) {
			return settings.interval();
		}
		Duration urgent = Duration.ofNanos((nanoTime() - since) / URGENT_DIVISOR);
		return clamp(urgent, leastPause(settings, this.unready), settings.interval());
	}

	/**
	 * Returns the least time between two probes of a node that is lost or suspected.
	 * @param unready time that its server took to say that it is not ready, or zero
	 */
	static Duration leastPause(DetectionSettings settings, Duration unready) {
		Duration most = (settings.interval().compareTo(settings.retryInterval()) > 0) ? settings.interval()
				: settings.retryInterval();
		return LoginBackoff.pauseAfter(unready, settings.retryInterval(), most);
	}

	private DetectionSettings settings() {
		return this.target.settings();
	}

	private long nanoTime() {
		return this.target.clock().nanoTime();
	}

	static Duration clamp(Duration value, Duration least, Duration most) {
		Duration atLeast = (value.compareTo(least) < 0) ? least : value;
		return (atLeast.compareTo(most) > 0) ? most : atLeast;
	}

}
