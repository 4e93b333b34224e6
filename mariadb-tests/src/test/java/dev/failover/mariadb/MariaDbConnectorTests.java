package dev.failover.mariadb;

/**
 * Tests with MariaDB Connector/J.
 */
final class MariaDbConnectorTests extends MariaDbFailoverTests {

	MariaDbConnectorTests() {
		super("jdbc:mariadb://127.0.0.1:%d/orders?sslMode=disable");
	}

}
