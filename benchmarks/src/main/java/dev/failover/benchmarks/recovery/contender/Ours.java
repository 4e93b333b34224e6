package dev.failover.benchmarks.recovery.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.FailoverState;
import dev.failover.Failover;
import dev.failover.Probe;
import dev.failover.benchmarks.run.Library;
import dev.failover.benchmarks.run.SmallApplication;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Failover for Spring Boot, in an application with its auto-configuration.
 */
final class Ours extends Contender {

	private static final long TIMEOUT_MILLIS = 30_000;

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Duration SHORT_INTERVAL = Duration.ofMillis(200);

	private final List<String> properties;

	private final Duration interval;

	private final boolean markReads;

	private final @Nullable Integer aliveBypassWindow;

	private Ours(String name, String title, List<String> properties, Duration interval, boolean markReads,
			@Nullable Integer aliveBypassWindow) {
		super(name, title,
				Map.of("Spring Boot", SpringBootVersion.getVersion(), "HikariCP",
						Library.version(HikariDataSource.class), "Resilience4j", Library.version(CircuitBreaker.class),
						"pgjdbc", Library.pgjdbcVersion()));
		this.properties = new ArrayList<>(List.of("spring.datasource.hikari.maximum-pool-size=" + Pool.SIZE));
		this.properties.addAll(properties);
		this.interval = interval;
		this.markReads = markReads;
		this.aliveBypassWindow = aliveBypassWindow;
	}

	static Ours defaults() {
		return new Ours("ours", "Failover for Spring Boot, defaults", List.of(), INTERVAL, false, null);
	}

	/**
	 * Returns the variant with short intervals, which validates each connection as the
	 * pools of tuned peers do.
	 */
	static Ours tuned() {
		return new Ours("ours-tuned", "Failover for Spring Boot, tuned",
				List.of("failover.detection.interval=200ms", "failover.detection.timeout=200ms"), SHORT_INTERVAL, false,
				0);
	}

	/**
	 * Returns the variant with the fewest failed calls: writes wait for the promotion
	 * instead of failing, and each connection is validated.
	 */
	static Ours waiting() {
		return new Ours("ours-waiting", "Failover for Spring Boot, writes wait",
				List.of("failover.read-only.mode=wait"), INTERVAL, true, 0);
	}

	@Override
	public boolean runsOnServices() {
		return name().equals("ours");
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=jdbc:postgresql://primary/app",
				"failover.mirror.url=jdbc:postgresql://mirror/app"));
		all.addAll(this.properties);
		if (this.aliveBypassWindow != null) {
			all.add(Pool.line(this.aliveBypassWindow));
		}
		if (this.markReads) {
			all.add("reads are marked as read-only, as @Transactional(readOnly = true) does");
		}
		return all;
	}

	@Override
	public RunningContender open(Endpoints endpoints) throws InterruptedException {
		return Pool.open(this.aliveBypassWindow, () -> start(endpoints));
	}

	/**
	 * Starts the application, and waits until it has all pools and could fail over.
	 */
	private RunningContender start(Endpoints endpoints) throws InterruptedException {
		ConfigurableApplicationContext context = SmallApplication.start(endpoints.primaryUrl(), endpoints.mirrorUrl(),
				endpoints.username(), endpoints.password(), this.properties);
		awaitReady(context.getBean(Failover.class));
		return new Running(context, this.interval, this.markReads);
	}

	private static void awaitReady(Failover failover) throws InterruptedException {
		long deadline = System.currentTimeMillis() + TIMEOUT_MILLIS;
		while (!failover.state().ready()) {
			if (System.currentTimeMillis() > deadline) {
				throw new IllegalStateException("The mirror is not ready: " + failover.state().conditions());
			}
			Thread.sleep(10);
		}
	}

	private record Running(ConfigurableApplicationContext context, Duration period,
			boolean markReads) implements RunningContender {

		@Override
		public DataSource writes() {
			return this.context.getBean(DataSource.class);
		}

		@Override
		public DataSource reads() {
			return this.markReads ? new ReadOnlyDataSource(writes()) : writes();
		}

		/**
		 * Waits for the next probe of the primary.
		 */
		@Override
		public void awaitPeriod() throws InterruptedException {
			Failover failover = this.context.getBean(Failover.class);
			Probe before = lastProbe(failover.state());
			long deadline = System.nanoTime() + 2 * this.period.toNanos();
			while (lastProbe(failover.state()) == before && System.nanoTime() - deadline < 0) {
				Thread.sleep(1);
			}
		}

		private static @Nullable Probe lastProbe(FailoverState state) {
			return state.nodes().get(0).lastProbe();
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	/**
	 * Fetches each connection as a read-only transaction of Spring does.
	 */
	private static final class ReadOnlyDataSource extends DelegatingDataSource {

		ReadOnlyDataSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			TransactionSynchronizationManager.setCurrentTransactionReadOnly(true);
			try {
				return super.getConnection();
			}
			finally {
				TransactionSynchronizationManager.setCurrentTransactionReadOnly(false);
			}
		}

	}

}
