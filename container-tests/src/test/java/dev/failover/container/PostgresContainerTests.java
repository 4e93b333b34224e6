package dev.failover.container;

/**
 * {@link ContainerTests} with PostgreSQL.
 */
final class PostgresContainerTests extends ContainerTests {

	PostgresContainerTests() {
		super(PostgresPair::new);
	}

}
