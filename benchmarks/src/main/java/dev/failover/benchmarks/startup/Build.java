package dev.failover.benchmarks.startup;

import java.util.List;

import dev.failover.benchmarks.stub.StubApplication;

/**
 * The two applications that are compared: alike but for the starter.
 */
enum Build {

	PLAIN("plain Boot", List.of()), STARTER("with the starter", List.of(StubApplication.MIRROR));

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
