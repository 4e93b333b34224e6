package dev.failover.benchmarks.startup;

import java.util.List;

import dev.failover.benchmarks.stub.StubApplication;

/**
 * The applications that are compared: alike but for the starter.
 */
enum Build {

	/** Neither the starter nor Resilience4j is on the class path. */
	PLAIN("plain Boot", List.of()),

	/** They are on the class path, and turned off. */
	DISABLED("starter turned off", List.of(StubApplication.MIRROR, "failover.enabled=false")),

	STARTER("with the starter", List.of(StubApplication.MIRROR));

	private final String label;

	private final List<String> properties;

	Build(String label, List<String> properties) {
		this.label = label;
		this.properties = properties;
	}

	String label() {
		return this.label;
	}

	List<String> properties() {
		return this.properties;
	}

}
