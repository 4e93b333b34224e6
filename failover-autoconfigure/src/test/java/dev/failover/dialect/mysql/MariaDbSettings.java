package dev.failover.dialect.mysql;

import dev.failover.dialect.JdbcDriverSettings;

/**
 * Gives tests of other packages the settings of MariaDB Connector/J.
 */
public final class MariaDbSettings {

	private MariaDbSettings() {
	}

	public static JdbcDriverSettings create() {
		return new MariaDbDriverSettings();
	}

}
