package dev.failover.dialect.mysql;

import dev.failover.dialect.JdbcDriverSettings;

/**
 * Gives tests of other packages the settings of MySQL Connector/J.
 */
public final class MySqlSettings {

	private MySqlSettings() {
	}

	public static JdbcDriverSettings create() {
		return new MySqlDriverSettings();
	}

}
