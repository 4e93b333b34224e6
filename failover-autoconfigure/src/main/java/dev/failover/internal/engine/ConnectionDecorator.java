package dev.failover.internal.engine;

import javax.sql.DataSource;

import dev.failover.Node;

/**
 * Decorates the data sources that open the physical connections of the pools, in tests of
 * an application. Without one, nothing is added to a connection.
 */
@FunctionalInterface
public interface ConnectionDecorator {

	/**
	 * Returns the data source from which the pool on a node takes its connections.
	 * @param connections opens physical connections to the node
	 */
	DataSource decorate(Node node, DataSource connections);

}
