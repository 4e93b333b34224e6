package dev.failover.container;

/**
 * {@link ContainerTests} with MariaDB.
 */
final class MariaDbContainerTests extends ContainerTests {

	MariaDbContainerTests() {
		super(MariaDbPair::new);
	}

}
