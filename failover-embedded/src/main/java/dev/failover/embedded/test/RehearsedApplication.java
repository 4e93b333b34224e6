package dev.failover.embedded.test;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.failover.Node;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Application under rehearsal: its data source, the pools behind it, and its code.
 * Thread-safe.
 */
final class RehearsedApplication {

	/** Longest time for which work may go on in the background. */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

	private final DataSource dataSource;

	private final RehearsedNodes nodes;

	private final Set<String> packages;

	private final Map<Object, DataSource> pools;

	/**
	 * Creates a description of the application in a context.
	 * @throws IllegalStateException if its data source is not failover's
	 */
	RehearsedApplication(ApplicationContext context, Class<?> testClass) throws SQLException {
		this.nodes = context.getBean(RehearsedNodes.class);
		this.dataSource = context.getBean(DataSource.class);
		this.packages = packages(context, testClass);
		if (!this.dataSource.isWrapperFor(AbstractRoutingDataSource.class)) {
			throw new IllegalStateException("@FailoverTest needs the data source of failover, not " + this.dataSource
					+ ". Add failover to the test: @AutoConfigureFailover does so in a test slice");
		}
		this.pools = this.dataSource.unwrap(AbstractRoutingDataSource.class).getResolvedDataSources();
	}

	private static Set<String> packages(ApplicationContext context, Class<?> testClass) {
		Set<String> packages = new HashSet<>();
		packages.add(testClass.getPackageName());
		if (AutoConfigurationPackages.has(context)) {
			packages.addAll(AutoConfigurationPackages.get(context));
		}
		return packages;
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	RehearsedNodes nodes() {
		return this.nodes;
	}

	/**
	 * Returns the application's method that uses a connection on the current thread, or
	 * null.
	 */
	@Nullable String caller() {
		return CallerStack.caller(this::contains).orElse(null);
	}

	private boolean contains(String className) {
		return this.packages.stream().anyMatch((name) -> className.startsWith(name + "."));
	}

	/**
	 * Retires the connections of a pool: idle ones at once, others when they are given
	 * back.
	 */
	void retire(Node node) {
		DataSource pool = this.pools.get(node);
		if (pool != null) {
			pool(pool).ifPresent(HikariPoolMXBean::softEvictConnections);
		}
	}

	private static Optional<HikariPoolMXBean> pool(DataSource dataSource) {
		try {
			return Optional.ofNullable(dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean());
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns what is in use now.
	 */
	InUse inUse() {
		return new InUse(activeConnections(), threads());
	}

	private int activeConnections() {
		return this.pools.values()
			.stream()
			.flatMap((pool) -> pool(pool).stream())
			.mapToInt(HikariPoolMXBean::getActiveConnections)
			.sum();
	}

	/**
	 * Returns the threads, other than the current one, that are in the application's
	 * code.
	 */
	private Set<Thread> threads() {
		Set<Thread> threads = new HashSet<>();
		Thread.getAllStackTraces().forEach((thread, stack) -> {
			if (thread != Thread.currentThread()
					&& Stream.of(stack).anyMatch((frame) -> contains(frame.getClassName()))) {
				threads.add(thread);
			}
		});
		return threads;
	}

	/**
	 * Waits until no more connections than before are in use, and no other threads are in
	 * the application's code.
	 * @return what is left after a while, or null
	 */
	@Nullable String awaitEnd(InUse before) {
		long deadline = System.nanoTime() + PATIENCE;
		String left = leftOver(before);
		while (left != null && System.nanoTime() - deadline < 0) {
			LockSupport.parkNanos(PAUSE);
			left = leftOver(before);
		}
		return left;
	}

	private @Nullable String leftOver(InUse before) {
		int active = activeConnections() - before.connections();
		Set<Thread> threads = threads();
		threads.removeAll(before.threads());
		List<String> left = new ArrayList<>();
		if (active > 0) {
			left.add(((active == 1) ? "a connection was" : active + " connections were") + " not given back");
		}
		threads.forEach((thread) -> left.add("the thread '" + thread.getName() + "' stays in " + place(thread)));
		return left.isEmpty() ? null : String.join("; ", left);
	}

	private String place(Thread thread) {
		return Stream.of(thread.getStackTrace())
			.filter((frame) -> contains(frame.getClassName()))
			.findFirst()
			.map((frame) -> frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName() + ":"
					+ frame.getLineNumber() + ")")
			.orElse("the application's code");
	}

	/**
	 * What is in use.
	 *
	 * @param connections number of connections
	 * @param threads threads in the application's code
	 */
	record InUse(int connections, Set<Thread> threads) {

	}

}
