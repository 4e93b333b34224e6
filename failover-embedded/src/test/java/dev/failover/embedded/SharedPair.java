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

	/**
	 * Remove all faults, start every node, and make the primary the primary and the
	 * mirror its standby.
	 */
	void restore() {
		for (EmbeddedNode node : this.pair.nodes()) {
			node.link().heal();
			node.thaw();
			node.start();
		}
		if (this.pair.primary().isWritable()) {
			this.pair.mirror().rejoin();
		}
		else {
			this.pair.primary().rejoin();
			this.pair.primary().promote();
		}
		assertThat(this.pair.primary().isWritable()).isTrue();
		assertThat(this.pair.mirror().isWritable()).isFalse();
	}

	@Override
	public void close() {
		this.pair.close();
	}

}
