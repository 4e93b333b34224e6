package dev.failover.benchmarks.recovery;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.StopMode;

/**
 * What strikes the primary.
 */
enum Fault {

	/** All processes of the server get SIGKILL. */
	KILL((pair) -> pair.primary().kill()),

	/**
	 * What clients on another machine see of a kill: all connections are reset, and every
	 * new one. The server is only stopped, lest its death take the processors that the
	 * clients run on here.
	 */
	RESET((pair) -> {
		pair.primary().freeze();
		pair.primary().link().reset();
	}),

	/** The server shuts down and disconnects its clients. */
	STOP((pair) -> pair.primary().stop(StopMode.FAST)),

	/** All processes of the server get SIGSTOP. */
	FREEZE((pair) -> pair.primary().freeze()),

	/** The same, and the mirror is promoted when its loss has long been found. */
	FREEZE_LATE((pair) -> pair.primary().freeze(), Promotion.LATE),

	/** All bytes between the clients and the server vanish. */
	CUT((pair) -> pair.primary().link().cut()),

	/** The same, and the mirror is promoted when its loss has long been found. */
	CUT_LATE((pair) -> pair.primary().link().cut(), Promotion.LATE),

	/**
	 * The database's own manager switches over: the primary stops, the mirror is
	 * promoted, the primary comes back read-only.
	 */
	DEMOTION((pair) -> pair.mirror().promote());

	private final Consumer<EmbeddedPair> action;

	private final Duration promotion;

	Fault(Consumer<EmbeddedPair> action) {
		this(action, Promotion.EARLY);
	}

	Fault(Consumer<EmbeddedPair> action, Duration promotion) {
		this.action = action;
		this.promotion = promotion;
	}

	/**
	 * Strike.
	 */
	void strike(EmbeddedPair pair) {
		this.action.accept(pair);
	}

	/**
	 * Whether the server has ended when the fault has struck.
	 */
	boolean endsServer() {
		return this == KILL || this == STOP;
	}

	/**
	 * Whether the mirror has to be promoted by somebody else.
	 */
	boolean needsPromotion() {
		return this != DEMOTION;
	}

	/**
	 * When it is, after the fault.
	 */
	Duration promotion() {
		return this.promotion;
	}

	/**
	 * Name on the command line and in the results.
	 */
	String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The fault of that name.
	 */
	static Fault named(String word) {
		return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
