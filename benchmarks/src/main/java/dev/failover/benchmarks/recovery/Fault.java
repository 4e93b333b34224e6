package dev.failover.benchmarks.recovery;

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

	/** The server shuts down and disconnects its clients. */
	STOP((pair) -> pair.primary().stop(StopMode.FAST)),

	/** All processes of the server get SIGSTOP. */
	FREEZE((pair) -> pair.primary().freeze()),

	/** All bytes between the clients and the server vanish. */
	CUT((pair) -> pair.primary().link().cut()),

	/**
	 * The database's own manager switches over: the primary stops, the mirror is
	 * promoted, the primary comes back read-only.
	 */
	DEMOTION((pair) -> pair.mirror().promote());

	private final Consumer<EmbeddedPair> action;

	Fault(Consumer<EmbeddedPair> action) {
		this.action = action;
	}

	/**
	 * Strike.
	 */
	void strike(EmbeddedPair pair) {
		this.action.accept(pair);
	}

	/**
	 * Whether the mirror has to be promoted by somebody else.
	 */
	boolean needsPromotion() {
		return this != DEMOTION;
	}

	/**
	 * Name on the command line and in the results.
	 */
	String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The fault of that name.
	 */
	static Fault named(String word) {
		return valueOf(word.toUpperCase(Locale.ROOT));
	}

}
