package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.it.Application;
import org.awaitility.Awaitility;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * What the steps of a scenario have at hand: the pair, the application on it, its
 * clients.
 */
final class Stage implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final EmbeddedPair pair;

	private final List<Long> faults = new ArrayList<>();

	private final RouteLog log = new RouteLog();

	private Application application;

	private Load load;

	Stage(EmbeddedPair pair) {
		this.pair = pair;
	}

	/**
	 * Start the application and its clients.
	 */
	void open(String... properties) {
		openIdle(properties);
		this.load = new Load(this.application.jdbc(), this.application.bean(PlatformTransactionManager.class),
				this::epoch)
			.start();
	}

	/**
	 * Start the application alone.
	 */
	void openIdle(String... properties) {
		List<String> all = Application.connection(this.pair);
		all.addAll(List.of(properties));
		this.application = Application.start(all, this.log);
	}

	EmbeddedPair pair() {
		return this.pair;
	}

	EmbeddedNode primary() {
		return this.pair.primary();
	}

	EmbeddedNode mirror() {
		return this.pair.mirror();
	}

	Application application() {
		return this.application;
	}

	Load load() {
		return this.load;
	}

	RouteLog log() {
		return this.log;
	}

	/**
	 * Epoch of the route that connections are handed out by right now.
	 */
	long epoch() {
		return this.application.bean(FailoverRuntime.class).state().route().epoch();
	}

	/**
	 * A fault strikes now.
	 */
	void mark() {
		this.faults.add(System.nanoTime());
	}

	/**
	 * When faults struck, and the end once it was marked.
	 */
	List<Long> faults() {
		return this.faults;
	}

	void awaitMode(Mode mode) {
		await("mode " + mode, () -> this.application.state().route().mode() == mode);
	}

	void awaitReady() {
		await("ready", () -> this.application.state().ready());
	}

	void awaitCondition(String name) {
		await("condition " + name, () -> this.application.conditions().contains(name));
	}

	/**
	 * Wait until each client has succeeded from now on.
	 */
	void awaitWhole() {
		long now = System.nanoTime();
		await("every client is whole", () -> this.load.wholeSince(now));
	}

	void awaitReadsWhole() {
		long now = System.nanoTime();
		await("every reader is whole", () -> this.load.readsWholeSince(now));
	}

	/**
	 * Let time pass in which the fault goes on: something that must not happen needs time
	 * not to happen in.
	 */
	void remain(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		await("the passing of " + time, time.plus(PATIENCE), () -> System.nanoTime() - until >= 0);
	}

	/**
	 * Let more time pass than the loss of a node takes to be detected.
	 */
	void remainUndetected() {
		remain(this.application.state().detectionBudget().multipliedBy(5).dividedBy(4));
	}

	void await(String what, Callable<Boolean> condition) {
		await(what, PATIENCE, condition);
	}

	private static void await(String what, Duration patience, Callable<Boolean> condition) {
		Awaitility.await(what).atMost(patience).pollInterval(Duration.ofMillis(5)).until(condition);
	}

	/**
	 * Run statements as superuser, past the link.
	 */
	static void sql(EmbeddedNode node, String... statements) throws SQLException {
		try (Connection connection = node.connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	@Override
	public void close() {
		if (this.load != null) {
			this.load.stop();
		}
		if (this.application != null) {
			this.application.close();
		}
	}

}
