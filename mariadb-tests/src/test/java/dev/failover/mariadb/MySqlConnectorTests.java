package dev.failover.mariadb;

/**
 * Tests with MySQL Connector/J, which calls the servers MySQL.
 */
final class MySqlConnectorTests extends MariaDbFailoverTests {

	MySqlConnectorTests() {
		super("jdbc:mysql://127.0.0.1:%d/orders?sslMode=DISABLED");
	}

}
