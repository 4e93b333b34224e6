package dev.failover.autoconfigure;

import java.util.List;

import dev.failover.Node;

/**
 * Nodes that the configuration can name.
 */
final class ConfiguredNodes {

	static final Node PRIMARY = new Node("primary");

	static final Node MIRROR = new Node("mirror");

	/** All nodes, in order of preference. */
	static final List<Node> ALL = List.of(PRIMARY, MIRROR);

	private ConfiguredNodes() {
	}

	/**
	 * Returns the prefix of the properties that configure a node.
	 */
	static String propertyPrefix(Node node) {
		return node.equals(PRIMARY) ? "spring.datasource" : "failover." + node;
	}

}
