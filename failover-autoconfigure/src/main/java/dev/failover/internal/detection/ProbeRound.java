package dev.failover.internal.detection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import dev.failover.Verdict;
import dev.failover.internal.detection.ProbeAttempt.Use;

/**
 * One round of probes: asks a node until one attempt answers or all were silent. If an
 * attempt stays silent for longer than usual, the next one starts beside it on a fresh
 * connection, so that confirming a silent node costs little more than one deadline. If
 * the kept connection turns out to be lost, a fresh one shows at once whether the server
 * is.
 * <p>
 * If the first attempt is a look, which logs in to see where the name of the node leads
 * now, and it stays silent, the kept connection is asked beside it: a server that
 * everybody logs in to at once, as after a failover, lets a login wait and works all the
 * same. The look may go on after that answer.
 * <p>
 * Used once, by the prober's thread.
 */
final class ProbeRound {

	private final ProbeTarget target;

	private final Executor workers;

	private final Executor aborts;

	private final Consumer<ProbeAttempt> outcome;

	private final RoundTripEstimator roundTrips;

	private final BlockingQueue<ProbeAttempt> answers = new LinkedBlockingQueue<>();

	private final List<ProbeAttempt> pending = new ArrayList<>();

	private final List<ProbeAttempt> started = new ArrayList<>();

	private final StallTolerantClock clock;

	private long lastStart;

	private int lost;

	ProbeRound(ProbeTarget target, Executor workers, Executor aborts, RoundTripEstimator roundTrips,
			Consumer<ProbeAttempt> outcome) {
		this.target = target;
		this.roundTrips = roundTrips;
		this.workers = workers;
		this.aborts = aborts;
		this.outcome = outcome;
		this.clock = new StallTolerantClock(target.clock());
	}

	/**
	 * Runs the round.
	 * @param most number of attempts that may be under way at once; beside a look, at
	 * least one more may
	 * @param first connection that the first attempt asks on
	 * @return the attempts that were started
	 */
	List<ProbeAttempt> run(int most, Use first) throws InterruptedException {
		try {
			start(first);
			ask((first == Use.LOOK_AGAIN) ? Math.max(most, 2) : most);
		}
		catch (Throwable ex) {
			this.started.forEach((attempt) -> attempt.abandon(this.aborts));
			throw ex;
		}
		return this.started;
	}

	private void ask(int most) throws InterruptedException {
		while (!this.pending.isEmpty()) {
			ProbeAttempt answered = this.clock.poll(this.answers, nextEvent(most) - this.clock.now());
			if (answered == null) {
				this.pending.forEach((attempt) -> attempt.deadline().look(this.clock.now()));
				expire();
				startOverlapping(most);
			}
			else if (this.pending.remove(answered)) {
				if (isFailedLook(answered)) {
					this.lost++;
				}
				else if (take(answered)) {
					break;
				}
				else if (answered.askedKept()) {
					replaceLost(most);
				}
			}
		}
	}

	/**
	 * Returns whether a look has failed while the kept connection is being asked, whose
	 * answer counts: it would have been asked instead if it had not been in use.
	 */
	private boolean isFailedLook(ProbeAttempt answered) {
		return answered.looksAgain() && answered.outcome().verdict() != Verdict.UP
				&& this.pending.stream().anyMatch(ProbeAttempt::askedKept);
	}

	private boolean take(ProbeAttempt answered) {
		this.outcome.accept(answered);
		if (answered.outcome().verdict() == Verdict.DOWN) {
			return false;
		}
		if (answered.askedKept() && !answered.isOwnFault()) {
			this.roundTrips.answered(answered.outcome().took());
		}
		for (ProbeAttempt attempt : this.pending) {
			if (attempt.looksAgain() && answered.askedKept()) {
				attempt.leaveBehind();
			}
			else {
				attempt.abandon(this.aborts);
			}
		}
		return true;
	}

	private void expire() {
		for (Iterator<ProbeAttempt> attempts = this.pending.iterator(); attempts.hasNext();) {
			ProbeAttempt attempt = attempts.next();
			if (attempt.deadline().hasPassed(this.clock.now())) {
				attempts.remove();
				this.outcome.accept(attempt);
				attempt.abandon(this.aborts);
			}
		}
	}

	/**
	 * Starts an attempt on a fresh connection after a lost one, which says nothing about
	 * the server.
	 */
	private void replaceLost(int most) {
		this.lost++;
		if (this.pending.isEmpty() && this.started.size() < most) {
			start(Use.FRESH);
		}
	}

	private void startOverlapping(int most) {
		if (!this.pending.isEmpty() && mayStart(most) && this.clock.now() >= nextStart()) {
			start((this.started.size() == 1 && this.started.get(0).looksAgain()) ? Use.KEPT : Use.FRESH);
		}
	}

	/**
	 * Returns whether another attempt may start. A lost connection says nothing about the
	 * server, so it does not take the place of an attempt that asks the server. An
	 * attempt beside another one logs in, which must not happen too often while logins
	 * are refused.
	 */
	private boolean mayStart(int most) {
		return this.started.size() - this.lost < most && !this.target.connection().isLoginTooSoon();
	}

	private long nextStart() {
		return this.lastStart + this.roundTrips.current().toNanos();
	}

	private long nextEvent(int most) {
		long event = this.pending.stream().mapToLong((attempt) -> attempt.deadline().time()).min().orElseThrow();
		return mayStart(most) ? Math.min(event, nextStart()) : event;
	}

	private void start(Use use) {
		this.lastStart = this.clock.now();
		ProbeAttempt attempt = new ProbeAttempt(this.target, use, this.answers, this.lastStart);
		this.started.add(attempt);
		this.workers.execute(attempt);
		this.pending.add(attempt);
	}

}
