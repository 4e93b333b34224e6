package dev.failover.it.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.failover.FailoverState;
import dev.failover.embedded.Link;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.StopMode;
import dev.failover.it.ServerSql;
import dev.failover.it.history.HistoryChecker;
import dev.failover.it.history.Violations;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of random faults, for {@code -Dsoak.seconds} (10). The faults are drawn from
 * {@code -Dsoak.seed}; the default is a new seed, which is logged. After each round of
 * faults the application must be ready and the history correct.
 */
class SoakTests {

	private static final Logger logger = LoggerFactory.getLogger(SoakTests.class);

	private static final int SECONDS = Integer.getInteger("soak.seconds", 10);

	private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

	private final Random random = new Random(SEED);

	private int round;

	@Test
	void randomFaultsLoseNoWriteAndDuplicateNone() throws Exception {
		logger.info("Soak of {} s with seed {}", SECONDS, SEED);
		EmbeddedPair pair = PairCache.acquire(PairOptions.MANAGED);
		boolean done = false;
		long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
		try (ScenarioContext context = new ScenarioContext(pair)) {
			context.startApplication("spring.datasource.hikari.connection-timeout=3000",
					"failover.replication.max-lag=2s", "failover.failback.min-stay=1s",
					"logging.level.com.zaxxer.hikari=OFF", "logging.level.org.springframework.transaction=OFF");
			context.awaitReady();
			while (System.nanoTime() - until < 0) {
				runRound(context);
			}
			done = true;
		}
		finally {
			PairCache.release(PairOptions.MANAGED, pair, done);
		}
	}

	private void runRound(ScenarioContext context) throws Exception {
		this.round++;
		RecordedLoad load = new RecordedLoad(context.application()).start();
		List<String> faults = new ArrayList<>();
		long now = System.nanoTime();
		context.await("a success of every client, " + this, () -> load.recoveredSince(now));
		for (int count = 1 + this.random.nextInt(2); count > 0; count--) {
			EmbeddedNode node = context.pair().nodes().get(this.random.nextInt(2));
			Fault fault = Fault.values()[this.random.nextInt(Fault.values().length)];
			faults.add(fault + " " + node.name());
			strike(fault, node);
			context.letPass(Duration.ofMillis(this.random.nextInt(3000)));
		}
		recover(context, load, faults);
		check(context, load, faults);
	}

	private static void strike(Fault fault, EmbeddedNode node) {
		try {
			fault.action.strike(node);
		}
		catch (Exception ex) {
			logger.info("{} of '{}' was not possible: {}", fault, node.name(), ex.getMessage());
		}
	}

	private void recover(ScenarioContext context, RecordedLoad load, List<String> faults) {
		String what = this + ": " + faults;
		context.pair().nodes().forEach((node) -> node.link().heal());
		context.await("two running nodes, " + what, () -> {
			context.pair().nodes().forEach(SoakTests::revive);
			return isSettled(context.pair());
		});
		context.await("ready, " + what, () -> context.application().state().ready());
		long now = System.nanoTime();
		context.await("a success of every client, " + what, () -> load.recoveredSince(now));
		load.stop();
		context.await("the end of all clients, " + what, () -> load.running().isEmpty());
	}

	/**
	 * Returns whether all nodes run and the manager misses no leader: otherwise it may
	 * still depose, and kill, a node that runs.
	 */
	private static boolean isSettled(EmbeddedPair pair) {
		return pair.nodes().stream().allMatch(EmbeddedNode::isRunning) && !pair.manager().orElseThrow().missesLeader();
	}

	private static void revive(EmbeddedNode node) {
		try {
			PairCache.revive(node);
		}
		catch (RuntimeException ex) {
			logger.info("'{}' does not start yet: {}", node.name(), ex.getMessage());
		}
	}

	private void check(ScenarioContext context, RecordedLoad load, List<String> faults) throws Exception {
		FailoverState state = context.application().state();
		EmbeddedPair pair = context.pair();
		EmbeddedNode survivor = pair.node(String.valueOf(state.route().writes()));
		List<Long> stored = LedgerTable.read(survivor.directJdbcUrl(), pair.username(), pair.password());
		Violations violations = new HistoryChecker(Duration.ofSeconds(2)).check(load.history(), stored);
		logger.info("{}: {} -> {}, epoch {}, {} calls", this, faults, state.route().mode(), state.route().epoch(),
				load.history().size());
		assertThat(violations.isEmpty()).as("%s: %s%n%s%n%s", this, faults, violations, state.changes()).isTrue();
		LedgerTable.create(survivor.directJdbcUrl(), pair.username(), pair.password());
	}

	@Override
	public String toString() {
		return "seed " + SEED + ", round " + this.round;
	}

	/**
	 * Faults of one node that a round draws from.
	 */
	private enum Fault {

		KILL(EmbeddedNode::kill),

		STOP_FAST((node) -> node.stop(StopMode.FAST)),

		STOP_IMMEDIATE((node) -> node.stop(StopMode.IMMEDIATE)),

		RESTART(EmbeddedNode::restart),

		FREEZE(EmbeddedNode::freeze),

		CUT((node) -> node.link().cut()),

		CUT_TO_CLIENT((node) -> node.link().cut(Link.Direction.TO_CLIENT)),

		RESET((node) -> node.link().reset()),

		DROP((node) -> node.link().dropConnections(0.5)),

		DELAY((node) -> node.link().delay(Duration.ofMillis(200))),

		TERMINATE((node) -> ServerSql.terminateSessions(node, "usename = 'app'")),

		SWITCH_ROLES(EmbeddedNode::promote);

		private final FaultAction action;

		Fault(FaultAction action) {
			this.action = action;
		}

	}

	@FunctionalInterface
	private interface FaultAction {

		void strike(EmbeddedNode node) throws Exception;

	}

}
