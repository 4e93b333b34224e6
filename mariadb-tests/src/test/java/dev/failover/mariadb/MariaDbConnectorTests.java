package dev.failover.mariadb;

/**
 * Tests with MariaDB Connector/J.
 */
final class MariaDbConnectorTests extends FailoverTests {

	MariaDbConnectorTests() {
		super("jdbc:mariadb://127.0.0.1:%d/orders?sslMode=disable");
	}

}
