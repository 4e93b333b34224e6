package dev.failover.benchmarks.recovery;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.StopMode;

/**
 * A fault of the primary.
 */
enum Fault {

	/** SIGKILL for all processes of the server. */
	KILL((pair) -> pair.primary().kill()),

	/**
	 * A kill as clients on another machine see it: all connections are reset, and new
	 * ones too. The server is only suspended, because the end of its processes would take
	 * the processors from the clients on this machine.
	 */
	RESET((pair) -> {
		pair.primary().freeze();
		pair.primary().link().reset();
	}),

	/** The server shuts down and disconnects its clients. */
	STOP((pair) -> pair.primary().stop(StopMode.FAST)),

	/** SIGSTOP for all processes of the server. */
	FREEZE((pair) -> pair.primary().freeze()),

	/** The same with a late promotion. */
	FREEZE_LATE((pair) -> pair.primary().freeze(), Promotion.LATE),

	/** All bytes between the clients and the server are lost. */
	CUT((pair) -> pair.primary().link().cut()),

	/** The same with a late promotion. */
	CUT_LATE((pair) -> pair.primary().link().cut(), Promotion.LATE),

	/**
	 * A switchover by the cluster manager: the primary stops, the mirror is promoted, the
	 * primary returns as its read-only standby.
	 */
	DEMOTION((pair) -> pair.mirror().promote()),

	/**
	 * A demotion behind services that follow the role of the servers: open connections
	 * stay with their server.
	 */
	SERVICE_SWITCHOVER((pair) -> pair.mirror().promote()),

	/** A kill behind such services. */
	SERVICE_KILL((pair) -> pair.primary().kill());

	private final Consumer<EmbeddedPair> action;

	private final Duration promotion;

	Fault(Consumer<EmbeddedPair> action) {
		this(action, Promotion.EARLY);
	}

	Fault(Consumer<EmbeddedPair> action, Duration promotion) {
		this.action = action;
		this.promotion = promotion;
	}

	void strike(EmbeddedPair pair) {
		this.action.accept(pair);
	}

	/**
	 * Returns true if the server has ended after {@link #strike}.
	 */
	boolean endsServer() {
		return this == KILL || this == STOP || this == SERVICE_KILL;
	}

	/**
	 * Returns true if the fault does not promote the mirror itself.
	 */
	boolean needsPromotion() {
		return this != DEMOTION && this != SERVICE_SWITCHOVER;
	}

	/**
	 * Returns true if the contender reaches the servers by names that follow their roles.
	 */
	boolean isBehindServices() {
		return this == SERVICE_SWITCHOVER || this == SERVICE_KILL;
	}

	Duration promotion() {
		return this.promotion;
	}

	/**
	 * Returns the pause of a client between two calls, which leaves processor time to the
	 * servers. Behind services only the starter goes on reading while no node accepts
	 * writes: its reads must not take the processors from the promotion, which would not
	 * share them elsewhere.
	 */
	Duration pace() {
		return Duration.ofMillis(isBehindServices() ? 25 : 5);
	}

	/**
	 * Returns the name on the command line and in the results.
	 */
	String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static Fault named(String word) {
		return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
