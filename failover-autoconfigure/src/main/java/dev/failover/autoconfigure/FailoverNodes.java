package dev.failover.autoconfigure;

import dev.failover.topology.Node;

/**
 * The two nodes that configuration can name.
 */
final class FailoverNodes {

	static final Node PRIMARY = new Node("primary");

	static final Node MIRROR = new Node("mirror");

	private FailoverNodes() {
	}

}
