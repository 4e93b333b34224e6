package dev.failover.internal.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import dev.failover.DrillFault;
import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.Node;
import dev.failover.Operation;
import dev.failover.Operation.Outcome;
import dev.failover.Probe;
import dev.failover.internal.concurrent.DaemonThreads;
import dev.failover.internal.engine.StubEngine.Collaborators;
import dev.failover.stub.DelegatingDialect;
import dev.failover.stub.Failures;
import dev.failover.stub.StubDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Throws errors at random from every collaborator of the engine, while servers are lost
 * and return, for {@code -Dchaos.seconds}. Afterwards another loss is handled as if
 * nothing had been. The faults are drawn from {@code -Dchaos.seed}.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class EngineChaosTests {

	private static final Logger logger = LoggerFactory.getLogger(EngineChaosTests.class);

	private static final int SECONDS = Integer.getInteger("chaos.seconds", 2);

	private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());

	private static final int CALLERS = 4;

	/** Of so many calls of a collaborator one fails. */
	private static final int RARITY = 12;

	private final AtomicLong thrown = new AtomicLong();

	private final CountDownLatch end = new CountDownLatch(1);

	/** Threads of tests that ran before. */
	private final Set<Thread> others = Thread.getAllStackTraces().keySet();

	private volatile boolean chaotic;

	@Test
	void anotherLossIsHandledAfterErrorsFromEveryCollaborator() throws Exception {
		logger.info("Chaos for {} s with seed {}", SECONDS, SEED);
		List<Thread> callers = new ArrayList<>();
		try (StubEngine engine = new StubEngine(collaborators(), this::factory)) {
			engine.runtime.observe(List.of(new ChaoticObserver()));
			engine.runtime.begin();
			engine.awaitNormal(PRIMARY);
			for (int i = 0; i < CALLERS; i++) {
				callers.add(DaemonThreads.create("caller", () -> call(engine)));
			}
			callers.forEach(Thread::start);
			cause(engine);
			this.end.countDown();
			for (Thread caller : callers) {
				caller.join();
			}
			assertThat(this.thrown).hasPositiveValue();
			assertWorks(engine);
		}
		await().untilAsserted(() -> assertThat(engineThreads()).isEmpty());
	}

	private void assertWorks(StubEngine engine) throws SQLException {
		engine.runtime.resume("test").join();
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			attempt(() -> engine.runtime.failback("test").join());
			return PRIMARY.equals(engine.state().route().writes());
		});
		engine.awaitNormal(PRIMARY);
		assertThat(engineThreads()).hasSizeLessThan(100);
		assertAllSlotsWork(engine, PRIMARY);
		engine.primary.freeze();
		engine.awaitWritesOn(MIRROR);
		assertAllSlotsWork(engine, MIRROR);
		engine.primary.restart();
		engine.awaitNormal(PRIMARY);
		assertAllSlotsWork(engine, PRIMARY);
		engine.runtime.switchover(MIRROR, true, "test").join();
		assertThat(engine.work()).isEqualTo(engine.mirror.url());
	}

	private static void assertAllSlotsWork(StubEngine engine, Node node) throws SQLException {
		List<Connection> borrowed = new ArrayList<>();
		try {
			for (int i = 0; i < StubEngine.POOL_SIZE; i++) {
				borrowed.add(engine.runtime.dataSource().getConnection());
			}
			assertThat(borrowed).allMatch((connection) -> connection.toString().endsWith(engine.server(node).url()));
		}
		finally {
			for (Connection connection : borrowed) {
				connection.close();
			}
		}
	}

	/**
	 * Returns the engine's threads, with what they are doing.
	 */
	private List<String> engineThreads() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey().getName().startsWith("failover-")
					&& !this.others.contains(thread.getKey()))
			.map((thread) -> thread.getKey().getName() + " in " + List.of(thread.getValue()))
			.toList();
	}

	/**
	 * Causes losses, returns and operations at random.
	 */
	private void cause(StubEngine engine) throws InterruptedException {
		Random random = new Random(SEED);
		engine.primary.interfere(this::interfere);
		engine.mirror.interfere(this::interfere);
		this.chaotic = true;
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
		while (System.nanoTime() - deadline < 0) {
			act(engine, random);
			this.end.await(random.nextInt(300), TimeUnit.MILLISECONDS);
		}
		this.chaotic = false;
		restart(engine);
	}

	private static void restart(StubEngine engine) {
		engine.primary.restart();
		engine.mirror.restart();
	}

	private static void act(StubEngine engine, Random random) {
		Node node = random.nextBoolean() ? PRIMARY : MIRROR;
		switch (random.nextInt(10)) {
			case 0, 1 -> engine.server(node).kill();
			case 2, 3 -> engine.server(node).freeze();
			case 4, 5, 6 -> restart(engine);
			case 7 -> attempt(() -> engine.runtime.switchover(node, true, "chaos"));
			case 8 -> attempt(
					() -> engine.runtime.drill(DrillFault.values()[random.nextInt(3)], Duration.ofMillis(50), "chaos"));
			default ->
				attempt(() -> random.nextBoolean() ? engine.runtime.pause("chaos") : engine.runtime.resume("chaos"));
		}
	}

	private static void attempt(Callable<?> operation) {
		try {
			operation.call();
		}
		catch (Throwable ex) {
			logger.debug("An operation failed", ex);
		}
	}

	/**
	 * Works as an application does that survives everything.
	 */
	private void call(StubEngine engine) {
		while (this.end.getCount() > 0) {
			try {
				engine.work();
				this.end.await(1, TimeUnit.MILLISECONDS);
			}
			catch (Throwable ex) {
				logger.debug("A call failed", ex);
			}
		}
	}

	/**
	 * Interferes with all that the engine asks of the driver. HikariCP does not give back
	 * a connection whose check throws an error, which is not ours.
	 */
	private void interfere(String call) {
		if (!call.equals("ping") && !call.equals("work")) {
			fail();
		}
	}

	private void fail() {
		if (this.chaotic && ThreadLocalRandom.current().nextInt(RARITY) == 0) {
			this.thrown.incrementAndGet();
			List<Supplier<Throwable>> failures = Failures.all();
			Failures.raise(failures.get(ThreadLocalRandom.current().nextInt(failures.size())).get());
		}
	}

	private ThreadFactory factory(String prefix) {
		ThreadFactory threads = DaemonThreads.named(prefix);
		return (work) -> {
			if (this.chaotic && ThreadLocalRandom.current().nextInt(2) == 0) {
				this.thrown.incrementAndGet();
				throw new OutOfMemoryError("unable to create native thread");
			}
			return threads.newThread(work);
		};
	}

	private Collaborators collaborators() {
		return new Collaborators(new DelegatingDialect(new StubDialect(), this::fail), (error) -> {
			fail();
			return Optional.empty();
		}, (target) -> fail(), Clock.systemUTC());
	}

	/**
	 * Observer that fails at random.
	 */
	private final class ChaoticObserver implements FailoverObserver {

		@Override
		public void changed(FailoverEvent event) {
			fail();
		}

		@Override
		public void probed(Node node, Probe probe) {
			fail();
		}

		@Override
		public void suspected(Node node) {
			fail();
		}

		@Override
		public void operationEnded(Operation operation, Outcome outcome) {
			fail();
		}

	}

}
