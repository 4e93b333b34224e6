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
import dev.failover.benchmarks.recovery.contender.Opened;
import dev.failover.benchmarks.recovery.result.Integrity;
import dev.failover.benchmarks.recovery.result.Observation;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.embedded.EmbeddedPair;
import org.jspecify.annotations.Nullable;

/**
 * One contender through one fault, once, on a pair of its own.
 *
 * @param contender the contender
 * @param fault the fault
 * @param repetition which repetition, from 1
 * @param window how long clients are watched after the fault
 */
record Trial(Contender contender, Fault fault, int repetition, Duration window) {

	/** Its multiples, less their whole parts, spread evenly however many there are. */
	private static final double GOLDEN_RATIO = 0.6180339887;

	/** How long all clients are well before the fault strikes. */
	private static final Duration WELL = Duration.ofSeconds(1);

	/** A window ends early when all clients have been well for so long. */
	private static final Duration QUIET = Duration.ofMillis(1500);

	/** No window ends earlier after the promotion. */
	private static final Duration LEAST = Duration.ofMillis(2500);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration LOOK = Duration.ofMillis(50);

	private static final Duration FAREWELL = Duration.ofSeconds(5);

	Sample run() throws Exception {
		// HikariCP sets it for all
		DriverManager.setLoginTimeout(0);
		ExecutorService hands = Executors.newCachedThreadPool(Trial::daemon);
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start()) {
			Ledger.create(pair);
			Opened opened = this.contender.open(endpoints(pair));
			try {
				return watch(pair, opened, hands);
			}
			finally {
				close(opened, hands);
			}
		}
		finally {
			hands.shutdownNow();
		}
	}

	private static Endpoints endpoints(EmbeddedPair pair) {
		return new Endpoints(pair.primary().port(), pair.mirror().port(), pair.database(), pair.username(),
				pair.password());
	}

	private Sample watch(EmbeddedPair pair, Opened opened, ExecutorService hands) throws Exception {
		Clients clients = Clients.start(opened);
		try (Promotion promotion = new Promotion(pair)) {
			awaitWell(clients);
			opened.awaitPeriod();
			TimeUnit.NANOSECONDS.sleep(phase(opened.period()).toNanos());
			String at = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
			long fault = System.nanoTime();
			Future<Long> strike = hands.submit(() -> {
				opened.strikes();
				this.fault.strike(pair);
				return System.nanoTime();
			});
			Future<@Nullable Long> promoted = hands.submit(promotion);
			if (this.fault.needsPromotion()) {
				promotion.promote(fault, this.fault.promotion());
			}
			remain(clients, fault);
			Long instant = promoted.isDone() ? promoted.get() : null;
			long struck = struck(pair, clients, fault);
			Observation observation = clients.observe(struck, instant, pair.mirror().directPort(),
					!this.fault.needsPromotion());
			long done = strike.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
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
	 * Time to wait before the fault, from the beginning of a contender's period, so that
	 * the phases at which it strikes spread evenly over the period.
	 */
	private Duration phase(Duration period) {
		return Duration.ofNanos((long) (period.toNanos() * ((this.repetition * GOLDEN_RATIO) % 1)));
	}

	/**
	 * When the fault struck: with the last answer of a primary that never answers again.
	 */
	private long struck(EmbeddedPair pair, Clients clients, long begun) {
		return this.fault.needsPromotion() ? clients.lastAnswer(pair.primary().directPort(), begun) : begun;
	}

	private void awaitWell(Clients clients) throws InterruptedException {
		long begun = System.nanoTime();
		while (isWithin(begun, WELL) || !clients.wellFor(WELL.dividedBy(2))) {
			if (!isWithin(begun, PATIENCE)) {
				throw new IllegalStateException(
						"The clients of " + this.contender.name() + " never got well: " + clients.errors());
			}
			pause();
		}
	}

	/**
	 * Whether less than a time has passed.
	 */
	private static boolean isWithin(long since, Duration time) {
		return System.nanoTime() - since < time.toNanos();
	}

	private void remain(Clients clients, long fault) throws InterruptedException {
		while (isWithin(fault, this.window)) {
			if (!isWithin(fault, this.fault.promotion().plus(LEAST)) && clients.wellFor(QUIET)) {
				return;
			}
			pause();
		}
	}

	private static void pause() throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
	}

	/**
	 * Free whoever is held up by the primary, and let all end.
	 */
	private static void end(EmbeddedPair pair, Clients clients) throws InterruptedException {
		clients.stop();
		clients.join(Duration.ofMillis(200));
		pair.primary().link().reset();
		clients.join(FAREWELL);
	}

	private static Integrity integrity(EmbeddedPair pair, Observation observation) throws SQLException {
		return Integrity.of(observation.calls(), Ledger.ids(pair, pair.mirror()));
	}

	/**
	 * Close a contender, which may hang: its pair ends all the same.
	 */
	private static void close(Opened opened, ExecutorService hands) throws Exception {
		Future<?> closing = hands.submit(() -> {
			opened.close();
			return null;
		});
		try {
			closing.get(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			closing.cancel(true);
		}
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "benchmarks-hand");
		thread.setDaemon(true);
		return thread;
	}

}
