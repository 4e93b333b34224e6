package dev.failover.benchmarks.recovery;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.failover.benchmarks.recovery.contender.Contender;
import dev.failover.benchmarks.recovery.contender.Endpoints;
import dev.failover.benchmarks.recovery.contender.RunningContender;
import dev.failover.benchmarks.recovery.result.Integrity;
import dev.failover.benchmarks.recovery.result.Observation;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.ServiceRole;
import org.jspecify.annotations.Nullable;

/**
 * One trial of the recovery benchmark: starts a primary and its mirror, lets clients work
 * through a contender, causes a fault of the primary, and records the calls of the
 * clients.
 *
 * @param contender the contender
 * @param fault the fault
 * @param repetition number of the trial, from 1
 * @param steady time for which clients work before the fault
 * @param window time for which clients are observed after the fault
 */
record Trial(Contender contender, Fault fault, int repetition, Duration steady, Duration window) {

	/**
	 * Spreads the faults over a period: the fractional parts of its multiples are evenly
	 * distributed.
	 */
	private static final double GOLDEN_RATIO = 0.6180339887;

	/** Time without failures before the fault. */
	private static final Duration SOUND = Duration.ofMillis(500);

	/** Time without failures that ends the window early. */
	private static final Duration RECOVERED = Duration.ofMillis(1500);

	/** Shortest window after the promotion. */
	private static final Duration SHORTEST = Duration.ofMillis(2500);

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Duration PAUSE = Duration.ofMillis(50);

	private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

	Sample run() throws Exception {
		// an earlier HikariCP pool may have set it for the whole JVM
		DriverManager.setLoginTimeout(0);
		ExecutorService threads = Executors.newCachedThreadPool(Trial::daemon);
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start()) {
			Ledger.create(pair);
			RunningContender running = this.contender
				.open(this.fault.isBehindServices() ? services(pair) : endpoints(pair));
			try {
				return watch(pair, running, threads);
			}
			finally {
				close(running, threads);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Endpoints endpoints(EmbeddedPair pair) {
		return new Endpoints(pair.primary().port(), pair.mirror().port(), pair.database(), pair.username(),
				pair.password());
	}

	/**
	 * Starts services in front of a pair, which closes them.
	 */
	private static Endpoints services(EmbeddedPair pair) {
		return new Endpoints(pair.service(ServiceRole.WRITABLE).start().port(),
				pair.service(ServiceRole.READ_ONLY).start().port(), pair.database(), pair.username(), pair.password());
	}

	private Sample watch(EmbeddedPair pair, RunningContender running, ExecutorService threads) throws Exception {
		Clients clients = Clients.start(running, this.fault.pace());
		try (Promotion promotion = new Promotion(pair)) {
			awaitSteady(clients);
			running.awaitPeriod();
			TimeUnit.NANOSECONDS.sleep(phase(running.period()).toNanos());
			String at = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
			long fault = System.nanoTime();
			Future<Long> strike = threads.submit(() -> {
				running.faultBegins();
				this.fault.strike(pair);
				return System.nanoTime();
			});
			Future<@Nullable Long> promoted = threads.submit(promotion);
			if (this.fault.needsPromotion()) {
				promotion.promote(fault, this.fault.promotion());
			}
			observe(clients, fault);
			Long instant = promoted.isDone() ? promoted.get() : null;
			long struck = struck(pair, clients, fault);
			Observation observation = clients.observe(struck, instant, pair.mirror().directPort(),
					!this.fault.needsPromotion());
			long done = strike.get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
			Long gone = this.fault.endsServer() ? done - struck : null;
			end(pair, clients);
			return Sample.of(this.contender.name(), this.fault.word(), this.repetition, at, observation, gone,
					integrity(pair, observation));
		}
		finally {
			clients.stop();
		}
	}

	/**
	 * Returns the time from the start of a contender's period to the fault. The faults of
	 * all repetitions are evenly spread over the period.
	 */
	private Duration phase(Duration period) {
		return Duration.ofNanos((long) (period.toNanos() * ((this.repetition * GOLDEN_RATIO) % 1)));
	}

	/**
	 * Returns the instant of the fault: that of the last answer of a primary that never
	 * answers again.
	 */
	private long struck(EmbeddedPair pair, Clients clients, long begun) {
		return this.fault.needsPromotion() ? clients.lastAnswer(pair.primary().directPort(), begun) : begun;
	}

	private void awaitSteady(Clients clients) throws InterruptedException {
		long begun = System.nanoTime();
		while (isWithin(begun, this.steady) || !clients.succeedFor(SOUND)) {
			if (!isWithin(begun, this.steady.plus(TIMEOUT))) {
				throw new IllegalStateException(
						"Calls of " + this.contender.name() + " fail before the fault: " + clients.errors());
			}
			pause();
		}
	}

	private static boolean isWithin(long since, Duration time) {
		return System.nanoTime() - since < time.toNanos();
	}

	private void observe(Clients clients, long fault) throws InterruptedException {
		while (isWithin(fault, this.window)) {
			if (!isWithin(fault, this.fault.promotion().plus(SHORTEST)) && clients.succeedFor(RECOVERED)) {
				return;
			}
			pause();
		}
	}

	private static void pause() throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
	}

	/**
	 * Ends all clients, and the connections of those that wait for the primary.
	 */
	private static void end(EmbeddedPair pair, Clients clients) throws InterruptedException {
		clients.stop();
		clients.join(Duration.ofMillis(200));
		pair.primary().link().reset();
		clients.join(END_TIMEOUT);
	}

	private static Integrity integrity(EmbeddedPair pair, Observation observation) throws SQLException {
		return Integrity.of(observation.calls(), Ledger.ids(pair, pair.mirror()));
	}

	/**
	 * Closes a contender, or gives up if it hangs.
	 */
	private static void close(RunningContender running, ExecutorService threads) throws Exception {
		Future<?> closing = threads.submit(() -> {
			running.close();
			return null;
		});
		try {
			closing.get(END_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			closing.cancel(true);
		}
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "benchmarks-trial");
		thread.setDaemon(true);
		return thread;
	}

}
