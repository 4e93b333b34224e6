package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariConfig;

/**
 * Configuration of the pool of a node.
 *
 * @param node the node
 * @param hikari settings of the pool, which is not yet started
 */
record ConfiguredPool(ConfiguredNode node, HikariConfig hikari) {

	String url() {
		return this.hikari.getJdbcUrl();
	}

	/**
	 * Returns the beginning of the URL that names the database.
	 */
	String scheme() {
		return new ConfiguredUrl(url(), this.node).scheme();
	}

}
