package dev.failover.benchmarks.startup;

import java.util.List;

import dev.failover.benchmarks.stub.StubApplication;
import dev.failover.benchmarks.stub.StubDriver;
import dev.failover.benchmarks.stub.StubNode;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The applications that are compared: alike but for the starter.
 */
enum Build {

	/** Neither the starter nor Resilience4j is on the class path. */
	PLAIN("plain Boot", List.of()),

	/** They are on the class path, and turned off. */
	DISABLED("starter turned off", List.of(StubApplication.MIRROR, "failover.enabled=false")),

	/**
	 * Two pools and a routing data source of the application's own, with Resilience4j.
	 */
	BY_HAND("routed by hand",
			List.of("orders.primary.jdbc-url=" + StubNode.PRIMARY.url(),
					"orders.primary.driver-class-name=" + StubDriver.class.getName(),
					"orders.mirror.jdbc-url=" + StubNode.MIRROR.url(),
					"orders.mirror.driver-class-name=" + StubDriver.class.getName()),
			ByHand.class),

	STARTER("with the starter", List.of(StubApplication.MIRROR));

	private final String label;

	private final List<String> properties;

	private final Class<?>[] configurations;

	Build(String label, List<String> properties, Class<?>... configurations) {
		this.label = label;
		this.properties = properties;
		this.configurations = configurations;
	}

	String label() {
		return this.label;
	}

	/**
	 * Start the application.
	 */
	ConfigurableApplicationContext start() {
		return StubApplication.start(this.properties, this.configurations);
	}

	/**
	 * Whether the starter is on the class path.
	 */
	boolean hasStarter() {
		return this == DISABLED || this == STARTER;
	}

}
