package dev.failover.benchmarks.recovery.contender;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.run.Library;

/**
 * A way to reach a pair of database servers that a user could choose.
 */
public abstract class Contender {

	private final String name;

	private final String title;

	private final Map<String, String> versions;

	/**
	 * Creates a contender.
	 * @param name name on the command line and in the results
	 * @param title name in tables and charts
	 * @param versions versions of its libraries
	 */
	protected Contender(String name, String title, Map<String, String> versions) {
		this.name = name;
		this.title = title;
		this.versions = Map.copyOf(versions);
	}

	static Map<String, String> poolVersions() {
		return Map.of("HikariCP", Library.version(HikariDataSource.class), "pgjdbc", Library.pgjdbcVersion());
	}

	/**
	 * Returns the versions of HikariCP, pgjdbc and another library.
	 */
	static Map<String, String> poolVersions(String library, String version) {
		Map<String, String> all = new HashMap<>(poolVersions());
		all.put(library, version);
		return all;
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
	 * Returns true if it knows both nodes, and so can survive the loss of one.
	 */
	public boolean knowsBothNodes() {
		return true;
	}

	/**
	 * Returns true if it is measured on names that follow the roles of the servers.
	 */
	public boolean runsOnServices() {
		return false;
	}

	/**
	 * Returns every setting that is not a default.
	 */
	public abstract List<String> settings();

	public final Map<String, String> versions() {
		return this.versions;
	}

	/**
	 * Returns a requirement that this machine does not meet; empty if the contender can
	 * run.
	 */
	public Optional<String> missing() {
		return Optional.empty();
	}

	/**
	 * Starts the contender on a primary and its mirror, and returns when it can serve
	 * connections.
	 */
	public abstract RunningContender open(Endpoints endpoints) throws Exception;

}
