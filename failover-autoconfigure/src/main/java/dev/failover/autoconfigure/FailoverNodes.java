package dev.failover.autoconfigure;

import java.util.List;

import dev.failover.Node;

/**
 * The two nodes that configuration can name.
 */
final class FailoverNodes {

	static final Node PRIMARY = new Node("primary");

	static final Node MIRROR = new Node("mirror");

	/** In order of preference. */
	static final List<Node> ALL = List.of(PRIMARY, MIRROR);

	private FailoverNodes() {
	}

}
