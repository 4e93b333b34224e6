package dev.failover.benchmarks.recovery.contender;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way to reach a pair of database servers that a user could choose.
 */
public abstract class Contender {

	private final String name;

	private final String title;

	/**
	 * Creates a contender.
	 * @param name name on the command line and in the results
	 * @param title name for readers
	 */
	protected Contender(String name, String title) {
		this.name = name;
		this.title = title;
	}

	public final String name() {
		return this.name;
	}

	public final String title() {
		return this.title;
	}

	/**
	 * Returns false if a user could not choose it and it only bounds the others.
	 */
	public boolean competes() {
		return true;
	}

	/**
	 * Returns true if it reads from both nodes before a fault.
	 */
	public boolean readsFromBoth() {
		return false;
	}

	/**
	 * Returns every setting that is not a default.
	 */
	public abstract List<String> settings();

	/**
	 * Returns the versions of its libraries.
	 */
	public abstract Map<String, String> versions();

	/**
	 * Returns what this machine lacks, if the contender cannot run.
	 */
	public Optional<String> missing() {
		return Optional.empty();
	}

	/**
	 * Starts the contender on a pair, and returns when it can serve connections.
	 */
	public abstract RunningContender open(Endpoints endpoints) throws Exception;

}
