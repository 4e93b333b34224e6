package dev.failover.mariadb;

/**
 * Tests on MySQL 5.6 with MySQL Connector/J.
 */
final class MySql56WithMySqlConnectorTests extends MySqlFailoverTests {

	MySql56WithMySqlConnectorTests() {
		super("jdbc:mysql://127.0.0.1:%d/orders?sslMode=DISABLED");
	}

}
