package dev.failover.it.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.failover.FailoverState;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.it.Application;
import dev.failover.it.history.Findings;
import dev.failover.it.history.HistoryChecker;
import dev.failover.it.history.StoredWrite;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random faults, one after another, for {@code -Dfailover.soak.seconds} (10) from
 * {@code -Dfailover.soak.seed} (a new one, which is printed). After each, all must be
 * well again, and the history of its round is checked.
 */
class SoakTests {

	private static final Logger logger = LoggerFactory.getLogger(SoakTests.class);

	private static final int SECONDS = Integer.getInteger("failover.soak.seconds", 10);

	private static final long SEED = Long.getLong("failover.soak.seed", System.nanoTime());

	private final Random random = new Random(SEED);

	private int round;

	@Test
	void randomFaultsLoseNothingAndDuplicateNothing() throws Exception {
		logger.info("Soak of {} s with seed {}", SECONDS, SEED);
		EmbeddedPair pair = Pairs.take(PairOptions.MANAGED);
		boolean done = false;
		long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
		try (Stage stage = new Stage(pair)) {
			stage.openIdle("spring.datasource.hikari.connection-timeout=3000", "failover.replication.max-lag=2s",
					"failover.failback.min-stay=1s", "logging.level.com.zaxxer.hikari=OFF",
					"logging.level.org.springframework.transaction=OFF");
			stage.awaitReady();
			while (System.nanoTime() - until < 0) {
				round(stage);
			}
			done = true;
		}
		finally {
			Pairs.giveBack(PairOptions.MANAGED, pair, done);
		}
	}

	private void round(Stage stage) throws Exception {
		this.round++;
		Load load = load(stage.application()).start();
		List<String> story = new ArrayList<>();
		long now = System.nanoTime();
		stage.await("every client is whole, " + this, () -> load.wholeSince(now));
		for (int faults = 1 + this.random.nextInt(2); faults > 0; faults--) {
			EmbeddedNode node = stage.pair().nodes().get(this.random.nextInt(2));
			SoakFault fault = SoakFault.values()[this.random.nextInt(SoakFault.values().length)];
			story.add(fault + " " + node.name());
			strike(fault, node);
			stage.remain(Duration.ofMillis(this.random.nextInt(3000)));
		}
		recover(stage, load, story);
		check(stage, load, story);
	}

	private static void strike(SoakFault fault, EmbeddedNode node) throws Exception {
		try {
			fault.strike(node);
		}
		catch (RuntimeException | java.sql.SQLException ex) {
			logger.info("{} of '{}' was not possible: {}", fault, node.name(), ex.getMessage());
		}
	}

	private void recover(Stage stage, Load load, List<String> story) {
		String what = this + ": " + story;
		stage.pair().nodes().forEach((node) -> node.link().heal());
		stage.await("two running nodes, " + what, () -> {
			stage.pair().nodes().forEach(SoakTests::revive);
			return isSettled(stage.pair());
		});
		stage.await("ready, " + what, () -> stage.application().state().ready());
		long now = System.nanoTime();
		stage.await("every client is whole, " + what, () -> load.wholeSince(now));
		load.stop();
		stage.await("the end of all clients, " + what, () -> load.running().isEmpty());
	}

	/**
	 * A manager that still misses its leader may yet depose, and kill, one that runs.
	 */
	private static boolean isSettled(EmbeddedPair pair) {
		return pair.nodes().stream().allMatch(EmbeddedNode::isRunning) && !pair.manager().orElseThrow().missesLeader();
	}

	private static void revive(EmbeddedNode node) {
		try {
			Pairs.revive(node);
		}
		catch (RuntimeException ex) {
			logger.info("'{}' does not start yet: {}", node.name(), ex.getMessage());
		}
	}

	private void check(Stage stage, Load load, List<String> story) throws Exception {
		FailoverState state = stage.application().state();
		EmbeddedPair pair = stage.pair();
		EmbeddedNode survivor = pair.node(String.valueOf(state.route().writes()));
		List<StoredWrite> stored = Ledger.read(survivor.directJdbcUrl(), pair.username(), pair.password());
		Findings findings = new HistoryChecker(Duration.ofSeconds(2)).check(load.history(), stored);
		logger.info("{}: {} -> {}, epoch {}, {} calls", this, story, state.route().mode(), state.route().epoch(),
				load.history().size());
		assertThat(findings.clean()).as("%s: %s%n%s%n%s", this, story, findings, state.changes()).isTrue();
		Ledger.create(survivor.directJdbcUrl(), pair.username(), pair.password());
	}

	private static Load load(Application application) {
		FailoverRuntime runtime = application.bean(FailoverRuntime.class);
		return new Load(application.jdbc(), application.bean(PlatformTransactionManager.class),
				() -> runtime.state().route().epoch());
	}

	@Override
	public String toString() {
		return "seed " + SEED + ", round " + this.round;
	}

}
