package dev.failover.it.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Condition.Kind;
import dev.failover.ConditionChangedEvent;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.EmbeddedService;
import dev.failover.embedded.ServiceRole;
import dev.failover.it.Application;
import dev.failover.it.PacedWriters;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application whose nodes are services, in {@code -Dnames.rounds} (5) random
 * rounds: a switchover, or a kill, a promotion and the return of the old server, behind
 * endpoints that are late, empty for a while, or both on one server. The rounds are drawn
 * from {@code -Dnames.seed}; the default is a new seed, which is logged. A plain HikariCP
 * pool on the writable service runs beside it.
 */
class NameFaultTests {

	private static final Logger logger = LoggerFactory.getLogger(NameFaultTests.class);

	private static final int ROUNDS = Integer.getInteger("names.rounds", 5);

	private static final long SEED = Long.getLong("names.seed", System.nanoTime());

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/**
	 * Highest median of the recoveries, in milliseconds, with room for a busy machine; on
	 * an idle one it is below 300.
	 */
	private static final long BUSY_MEDIAN = 3000;

	private static final long PEER_IDS = 1_000_000_000_000L;

	/** Time of a recovery that did not occur. */
	private static final long NEVER = TimeUnit.MINUTES.toNanos(1);

	private final Random random = new Random(SEED);

	private final Queue<String> splitBrains = new ConcurrentLinkedQueue<>();

	private final List<Long> recoveries = new ArrayList<>();

	private final List<Long> peerRecoveries = new ArrayList<>();

	private int round;

	private int worse;

	private String description = "";

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void writesFollowTheWritableServiceWhateverItsEndpointsDo(boolean shutdownSessions) throws Exception {
		logger.info("{} rounds with seed {}, sessions are {}", ROUNDS, SEED, shutdownSessions ? "cut" : "kept");
		try (EmbeddedPair pair = EmbeddedPair.builder()
			.password(PairOptions.PASSWORD)
			.synchronous(true)
			.promoteAfter(Duration.ofMillis(700))
			.start();
				EmbeddedService writable = pair.service(ServiceRole.WRITABLE)
					.shutdownSessions(shutdownSessions)
					.start();
				EmbeddedService readOnly = pair.service(ServiceRole.READ_ONLY)
					.shutdownSessions(shutdownSessions)
					.start();
				Application application = start(pair, writable, readOnly);
				HikariDataSource peer = peer(pair, writable)) {
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
			for (int i = 0; i < ROUNDS; i++) {
				runRound(new World(pair, writable, readOnly, application, peer));
			}
		}
		report();
		assertThat(this.splitBrains).as("false split brains").isEmpty();
		assertThat(median(this.recoveries)).as("median, ms").isLessThan(BUSY_MEDIAN);
	}

	private Application start(EmbeddedPair pair, EmbeddedService writable, EmbeddedService readOnly) {
		ApplicationListener<?> listener = (event) -> {
			if (event instanceof PayloadApplicationEvent<?> payload
					&& payload.getPayload() instanceof ConditionChangedEvent change && change.raised()
					&& change.condition().kind() == Kind.SPLIT_BRAIN) {
				this.splitBrains.add(toString());
			}
		};
		return Application.start(
				List.of("spring.datasource.url=" + writable.jdbcUrl(), "spring.datasource.username=" + pair.username(),
						"spring.datasource.password=" + pair.password(), "failover.mirror.url=" + readOnly.jdbcUrl(),
						"spring.datasource.hikari.connection-timeout=3000",
						"spring.datasource.hikari.maximum-pool-size=4", "logging.level.com.zaxxer.hikari=OFF"),
				listener);
	}

	private static HikariDataSource peer(EmbeddedPair pair, EmbeddedService writable) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(writable.jdbcUrl());
		config.setUsername(pair.username());
		config.setPassword(pair.password());
		config.setConnectionTimeout(3000);
		config.setMaximumPoolSize(4);
		config.setPoolName("peer");
		return new HikariDataSource(config);
	}

	private void runRound(World world) throws Exception {
		this.round++;
		Plan plan = Plan.draw(this.random);
		this.description = plan.toString();
		world.await("a synchronous mirror, " + this, () -> PairCache.isSynchronous(world.leader()));
		// behind late endpoints it has connected to a server that is read-only now
		world.peer().getHikariPoolMXBean().softEvictConnections();
		long begun = System.nanoTime();
		try (PacedWriters ours = PacedWriters.start(world.application(), this.round * 1_000_000L);
				PacedWriters peers = PacedWriters.start(world.peer(), PEER_IDS + this.round * 1_000_000L)) {
			world.await("a success of every writer before, " + this,
					() -> ours.allSucceededSince(begun) && !peers.successesSince(begun).isEmpty());
			EmbeddedNode former = world.leader();
			EmbeddedNode next = world.follower();
			long struck = System.nanoTime();
			plan.strike(world, former, next);
			long whole = world.writableLeadsSince();
			long recovered = await(world, ours, whole);
			this.recoveries.add(recovered);
			plan.end(world);
			long settled = System.nanoTime();
			String what = "ready, " + this;
			world.await(what, () -> world.application().state().ready());
			long ready = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - settled);
			long end = System.nanoTime();
			world.await("a success of every writer after, " + this, () -> ours.allSucceededSince(end));
			this.peerRecoveries.add(recovery(peers, whole));
			Map<Long, Long> own = ours.successesPerSecond(struck);
			Map<Long, Long> alone = peers.successesPerSecond(struck);
			logger.info("{}: writes whole after {} ms (HikariCP {}), ready after {} ms, epoch {}, {} / {} per second",
					this, recovered, this.peerRecoveries.get(this.peerRecoveries.size() - 1), ready,
					world.application().state().route().epoch(), own, alone);
			logger.info("{}: failures {} (HikariCP {})", this, ours.failures(), peers.failures());
			ours.stop();
			peers.stop();
			checkStored(world, ours, next);
			comparePeer(own, alone);
		}
	}

	private long await(World world, PacedWriters writers, long since) {
		world.await("writes of all threads, " + this, () -> writers.allSucceededSince(since));
		return recovery(writers, since);
	}

	/**
	 * Returns the milliseconds from a moment to the end of the first success that began
	 * after it.
	 */
	private static long recovery(PacedWriters writers, long since) {
		long first = writers.successesSince(since)
			.stream()
			.filter((attempt) -> attempt.started() - since > 0)
			.mapToLong((attempt) -> attempt.ended() - since)
			.min()
			.orElse(NEVER);
		return TimeUnit.NANOSECONDS.toMillis(first);
	}

	private void checkStored(World world, PacedWriters ours, EmbeddedNode leader) throws SQLException {
		assertThat(ours.lost(PacedWriters.stored(leader))).as("lost, %s", this).isEmpty();
	}

	/**
	 * Counts the seconds in which less than half as many attempts have succeeded as with
	 * HikariCP alone: a pause of a few hundred milliseconds can fall into different
	 * seconds.
	 */
	private void comparePeer(Map<Long, Long> own, Map<Long, Long> alone) {
		alone.forEach((second, successes) -> {
			if (own.getOrDefault(second, 0L) < successes / 2) {
				this.worse++;
				logger.warn("{}: second {}: {} successes, HikariCP {}", this, second, own.getOrDefault(second, 0L),
						successes);
			}
		});
	}

	private void report() {
		logger.info(
				"Seed {}: {} rounds, writes whole after a median of {} ms, at most {} ms (HikariCP {}, {}); {} false "
						+ "split brains, {} s with less than half the successes of HikariCP",
				SEED, ROUNDS, median(this.recoveries), max(this.recoveries), median(this.peerRecoveries),
				max(this.peerRecoveries), this.splitBrains.size(), this.worse);
	}

	private static long median(List<Long> values) {
		return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
	}

	private static long max(List<Long> values) {
		return values.stream().mapToLong(Long::longValue).max().orElseThrow();
	}

	@Override
	public String toString() {
		return "seed " + SEED + ", round " + this.round + " (" + this.description + ")";
	}

	/**
	 * What a round does.
	 *
	 * @param kill whether the leader is killed, rather than switched over
	 * @param writable behaviour of the writable service
	 * @param writableDelay time for which it lasts
	 * @param readOnly behaviour of the read-only service
	 * @param readOnlyDelay time for which it lasts
	 * @param downtime time after which a killed server returns
	 */
	private record Plan(boolean kill, Endpoints writable, Duration writableDelay, Endpoints readOnly,
			Duration readOnlyDelay, Duration downtime) {

		static Plan draw(Random random) {
			return new Plan(random.nextBoolean(), Endpoints.values()[random.nextInt(Endpoints.values().length - 1)],
					millis(random, 5000), Endpoints.values()[random.nextInt(Endpoints.values().length)],
					millis(random, 5000), millis(random, 3000));
		}

		private static Duration millis(Random random, int most) {
			return Duration.ofMillis(random.nextInt(most));
		}

		void strike(World world, EmbeddedNode former, EmbeddedNode next) {
			world.begin(world.writable(), this.writable, former, next);
			world.begin(world.readOnly(), this.readOnly, former, next);
			long struck = System.nanoTime();
			if (this.kill) {
				former.kill();
				world.await("a promotion", next::isWritable);
			}
			else {
				next.promote();
			}
			boolean returned = !this.kill;
			boolean writableMoved = false;
			boolean readOnlyMoved = false;
			while (!returned || !writableMoved || !readOnlyMoved) {
				long passed = System.nanoTime() - struck;
				if (!writableMoved && (this.writable == Endpoints.ON_TIME || passed > this.writableDelay.toNanos())) {
					world.writable().followRole();
					world.noteWritable(next);
					writableMoved = true;
				}
				if (!readOnlyMoved && (this.readOnly == Endpoints.ON_TIME || passed > this.readOnlyDelay.toNanos())) {
					world.readOnly().followRole();
					readOnlyMoved = true;
				}
				if (!returned && passed > this.downtime.toNanos()) {
					former.start();
					returned = true;
				}
				world.tick();
			}
		}

		void end(World world) {
			world.await("endpoints", () -> world.writable().endpoints().equals(List.of(world.leader()))
					&& world.readOnly().endpoints().equals(List.of(world.follower())));
		}

	}

	/**
	 * Behaviour of the endpoints of a service while the leader changes.
	 */
	private enum Endpoints {

		/** They follow the role at once. */
		ON_TIME,

		/** They stay where they are for a while. */
		LATE,

		/** There are none for a while. */
		EMPTY,

		/** They lead to the next leader for a while, as those of the other service. */
		NEXT_LEADER

	}

	/**
	 * The servers, the services and the applications.
	 */
	private record World(EmbeddedPair pair, EmbeddedService writable, EmbeddedService readOnly, Application application,
			HikariDataSource peer, long[] leadsSince) {

		World(EmbeddedPair pair, EmbeddedService writable, EmbeddedService readOnly, Application application,
				HikariDataSource peer) {
			this(pair, writable, readOnly, application, peer, new long[1]);
		}

		EmbeddedNode leader() {
			return this.pair.manager().orElseThrow().leader();
		}

		EmbeddedNode follower() {
			return this.pair.nodes().stream().filter((node) -> node != leader()).findFirst().orElseThrow();
		}

		void begin(EmbeddedService service, Endpoints endpoints, EmbeddedNode former, EmbeddedNode next) {
			switch (endpoints) {
				case ON_TIME -> service.followRole();
				case LATE -> service.pointTo(service.endpoints().toArray(EmbeddedNode[]::new));
				case EMPTY -> service.withdrawEndpoints();
				case NEXT_LEADER -> service.pointTo(next);
			}
		}

		/**
		 * Notes when the writable service leads to the new leader.
		 */
		void noteWritable(EmbeddedNode next) {
			await("the writable service leads to " + next,
					() -> this.writable.endpoints().equals(List.of(next)) && next.isWritable());
			this.leadsSince[0] = System.nanoTime();
		}

		long writableLeadsSince() {
			return this.leadsSince[0];
		}

		void tick() {
			long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() - until >= 0);
		}

		void await(String what, Callable<Boolean> condition) {
			Awaitility.await(what).atMost(TIMEOUT).pollInterval(Duration.ofMillis(2)).until(condition);
		}

	}

}
