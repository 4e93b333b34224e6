package dev.failover.mariadb;

/**
 * Tests on MySQL 5.6 with MariaDB Connector/J.
 */
final class MySql56WithMariaDbConnectorTests extends MySqlFailoverTests {

	MySql56WithMariaDbConnectorTests() {
		super("jdbc:mariadb://127.0.0.1:%d/orders?sslMode=disable");
	}

}
