package dev.failover.benchmarks.recovery.contender;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.FailoverState;
import dev.failover.FailoverStates;
import dev.failover.Probe;
import dev.failover.benchmarks.overhead.Failover;
import dev.failover.benchmarks.run.SmallApplication;
import dev.failover.benchmarks.run.Versions;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Failover for Spring Boot, in a small application made by its auto-configuration.
 */
final class Ours extends NamedContender {

	private static final long PATIENCE_MILLIS = 30_000;

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Duration SHORT_INTERVAL = Duration.ofMillis(200);

	private final List<String> properties;

	private final Duration interval;

	private final boolean markReads;

	private final @Nullable Integer aliveBypassWindow;

	private Ours(String name, String title, List<String> properties, Duration interval, boolean markReads,
			@Nullable Integer aliveBypassWindow) {
		super(name, title);
		this.properties = properties;
		this.interval = interval;
		this.markReads = markReads;
		this.aliveBypassWindow = aliveBypassWindow;
	}

	static Ours defaults() {
		return new Ours("ours", "Failover for Spring Boot, defaults", List.of(), INTERVAL, false, null);
	}

	/**
	 * Probes as often as they may, and asks each connection whether it lives before it is
	 * handed out, as the pools of tuned peers do.
	 */
	static Ours tuned() {
		return new Ours("ours-tuned", "Failover for Spring Boot, tuned",
				List.of("failover.detection.interval=200ms", "failover.detection.timeout=200ms"), SHORT_INTERVAL, false,
				0);
	}

	/**
	 * As few failures as can be: writes wait for the promotion instead of being told that
	 * there is no writable node, and each connection is asked whether it lives.
	 */
	static Ours waiting() {
		return new Ours("ours-waiting", "Failover for Spring Boot, writes wait",
				List.of("failover.read-only.mode=wait"), INTERVAL, true, 0);
	}

	@Override
	public List<String> settings() {
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=jdbc:postgresql://primary/app",
				"failover.mirror.url=jdbc:postgresql://mirror/app"));
		all.addAll(properties());
		if (this.aliveBypassWindow != null) {
			all.add(AliveBypassWindow.line(this.aliveBypassWindow));
		}
		if (this.markReads) {
			all.add("reads are marked by Connection.setReadOnly(true), as @Transactional(readOnly = true) does");
		}
		return all;
	}

	private List<String> properties() {
		List<String> all = new ArrayList<>(List.of("spring.datasource.hikari.maximum-pool-size=" + Pool.SIZE));
		all.addAll(this.properties);
		return all;
	}

	@Override
	public Map<String, String> versions() {
		Map<String, String> versions = new LinkedHashMap<>();
		versions.put("Spring Boot", SpringBootVersion.getVersion());
		versions.put("HikariCP", Versions.of(HikariDataSource.class));
		versions.put("Resilience4j", Versions.of(CircuitBreaker.class));
		versions.put("pgjdbc", Versions.pgjdbc());
		return versions;
	}

	@Override
	public Opened open(Endpoints endpoints) throws InterruptedException {
		return AliveBypassWindow.open(this.aliveBypassWindow, () -> start(endpoints));
	}

	/**
	 * Start the application, and wait until it has all pools and could fail over.
	 */
	private Opened start(Endpoints endpoints) throws InterruptedException {
		ConfigurableApplicationContext context = SmallApplication.start(endpoints.primaryUrl(), endpoints.mirrorUrl(),
				endpoints.username(), endpoints.password(), properties());
		awaitReady(context.getBean(Failover.class));
		return new Running(context, this.interval, this.markReads);
	}

	private static void awaitReady(FailoverStates states) throws InterruptedException {
		long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
		while (!states.current().ready()) {
			if (System.currentTimeMillis() > deadline) {
				throw new IllegalStateException("The mirror is not ready: " + states.current().conditions());
			}
			Thread.sleep(10);
		}
	}

	private record Running(ConfigurableApplicationContext context, Duration period,
			boolean markReads) implements Opened {

		@Override
		public DataSource writes() {
			return this.context.getBean(DataSource.class);
		}

		@Override
		public DataSource reads() {
			return this.markReads ? new ReadOnlyDataSource(writes()) : writes();
		}

		/**
		 * Wait for the next probe of the primary.
		 */
		@Override
		public void awaitPeriod() throws InterruptedException {
			FailoverStates states = this.context.getBean(Failover.class);
			Probe before = lastProbe(states.current());
			long deadline = System.nanoTime() + 2 * this.period.toNanos();
			while (lastProbe(states.current()) == before && System.nanoTime() - deadline < 0) {
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

}
