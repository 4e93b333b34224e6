package dev.failover.benchmarks.recovery.contender;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way to reach a pair of database servers that a user could choose.
 */
public interface Contender {

	/**
	 * Name on the command line and in the results.
	 */
	String name();

	/**
	 * Name for readers.
	 */
	String title();

	/**
	 * Whether a user could choose it; otherwise it only bounds those who can.
	 */
	default boolean competes() {
		return true;
	}

	/**
	 * Whether its reads go to both nodes before any fault.
	 */
	default boolean readsFromBoth() {
		return false;
	}

	/**
	 * Every setting that is not a default, so that a reader can judge fairness.
	 */
	List<String> settings();

	/**
	 * What is used, and its version.
	 */
	Map<String, String> versions();

	/**
	 * What is missing on this machine, if the contender cannot compete.
	 */
	default Optional<String> missing() {
		return Optional.empty();
	}

	/**
	 * Start on a pair, and return when connections can be had.
	 */
	Opened open(Endpoints endpoints) throws Exception;

}
