package dev.failover.it.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.failover.Condition;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.it.Application;
import org.awaitility.Awaitility;

/**
 * The pair, the application and the clients that the actions of a scenario work on.
 */
final class ScenarioContext implements AutoCloseable {

	private final EmbeddedPair pair;

	private final List<Long> moments = new ArrayList<>();

	private final EventLog log = new EventLog();

	private Application application;

	private RecordedLoad load;

	ScenarioContext(EmbeddedPair pair) {
		this.pair = pair;
	}

	/**
	 * Starts the application and its clients.
	 */
	void start(String... properties) {
		startApplication(properties);
		this.load = new RecordedLoad(this.application).start();
	}

	/**
	 * Starts the application without clients.
	 */
	void startApplication(String... properties) {
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

	RecordedLoad load() {
		return this.load;
	}

	EventLog log() {
		return this.log;
	}

	/**
	 * Returns the epoch of the route that the data source uses at this moment.
	 */
	long epoch() {
		return this.application.bean(FailoverRuntime.class).route().epoch();
	}

	/**
	 * Records this moment as the moment of a fault, or as the end.
	 */
	void mark() {
		this.moments.add(System.nanoTime());
	}

	/**
	 * Returns the recorded moments in order; the last one is the end.
	 */
	List<Long> moments() {
		return this.moments;
	}

	void awaitMode(Mode mode) {
		this.application.awaitMode(mode);
	}

	void awaitReady() {
		this.application.awaitReady();
	}

	void awaitCondition(Condition.Kind kind) {
		this.application.awaitCondition(kind);
	}

	void awaitCondition(Condition.Kind kind, String node) {
		this.application.awaitCondition(kind, node);
	}

	/**
	 * Waits until each client has succeeded with a call that begins after this moment.
	 */
	void awaitRecovery() {
		long now = System.nanoTime();
		await("a success of every client", () -> this.load.recoveredSince(now));
	}

	void awaitReadRecovery() {
		long now = System.nanoTime();
		await("a success of every reader", () -> this.load.readsRecoveredSince(now));
	}

	/**
	 * Lets time pass while the fault lasts, in which something must not happen.
	 */
	void letPass(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		Awaitility.await().forever().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() - until >= 0);
	}

	/**
	 * Lets more time pass than the detection of a lost node takes.
	 */
	void outlastDetection() {
		letPass(this.application.state().detectionBudget().multipliedBy(5).dividedBy(4));
	}

	void await(String what, Callable<Boolean> condition) {
		this.application.await(what, condition);
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
