package dev.failover.benchmarks.startup;

import java.util.List;

import dev.failover.benchmarks.stub.StubApplication;
import dev.failover.benchmarks.stub.StubNode;
import dev.failover.test.stub.StubDriver;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The compared applications, which differ in their data source only.
 */
enum Variant {

	/** Without the starter and Resilience4j on the class path. */
	PLAIN("plain Boot", List.of()),

	/** With both on the class path and the starter turned off. */
	DISABLED("starter turned off", List.of(StubApplication.MIRROR, "failover.enabled=false")),

	/** With two pools and a routing data source of its own. */
	BY_HAND("routed by hand",
			List.of("orders.primary.jdbc-url=" + StubNode.PRIMARY.url(),
					"orders.primary.driver-class-name=" + StubDriver.class.getName(),
					"orders.mirror.jdbc-url=" + StubNode.MIRROR.url(),
					"orders.mirror.driver-class-name=" + StubDriver.class.getName()),
			HandRoutedConfiguration.class),

	/** With the starter. */
	STARTER("with the starter", List.of(StubApplication.MIRROR));

	private final String label;

	private final List<String> properties;

	private final Class<?>[] configurations;

	Variant(String label, List<String> properties, Class<?>... configurations) {
		this.label = label;
		this.properties = properties;
		this.configurations = configurations;
	}

	String label() {
		return this.label;
	}

	ConfigurableApplicationContext start() {
		return StubApplication.start(this.properties, this.configurations);
	}

	boolean hasStarter() {
		return this == DISABLED || this == STARTER;
	}

}
