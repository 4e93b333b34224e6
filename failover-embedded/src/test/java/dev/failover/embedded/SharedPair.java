package dev.failover.embedded;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pair that the tests of a class share and restore to its initial state.
 *
 * @param pair the pair
 */
record SharedPair(EmbeddedPair pair) implements AutoCloseable {

	NodeClient primary() {
		return new NodeClient(this.pair, this.pair.primary());
	}

	NodeClient mirror() {
		return new NodeClient(this.pair, this.pair.mirror());
	}

	NodeClient client(String node) {
		return new NodeClient(this.pair, this.pair.node(node));
	}

	/**
	 * Remove all faults, start every node, and make the primary the primary and the
	 * mirrors its standbys.
	 */
	void restore() {
		EmbeddedNode primary = this.pair.primary();
		for (EmbeddedNode node : this.pair.nodes()) {
			node.link().heal();
			node.thaw();
			node.start();
		}
		if (!primary.isWritable()) {
			primary.rejoin();
			primary.promote();
		}
		this.pair.mirrors().forEach((mirror) -> mirror.follow(primary));
		assertThat(primary.isWritable()).isTrue();
		assertThat(this.pair.mirrors()).noneMatch(EmbeddedNode::isWritable);
	}

	@Override
	public void close() {
		this.pair.close();
	}

}
