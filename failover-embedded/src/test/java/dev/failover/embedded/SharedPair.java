package dev.failover.embedded;

import java.time.Duration;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pair that several tests use, brought back to its first state after each.
 */
final class SharedPair implements AutoCloseable {

	private final EmbeddedPair pair;

	SharedPair(EmbeddedPair pair) {
		this.pair = pair;
	}

	Database primary() {
		return new Database(this.pair, this.pair.primary());
	}

	Database mirror() {
		return new Database(this.pair, this.pair.mirror());
	}

	/**
	 * Make every node run, the primary the primary and the mirror its standby.
	 */
	void restore() {
		for (EmbeddedNode node : this.pair.nodes()) {
			node.link().heal();
			if (node.isFrozen()) {
				node.thaw();
			}
			if (!node.isRunning()) {
				node.start();
			}
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

	static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(10))
			.pollDelay(Duration.ZERO)
			.ignoreExceptions()
			.untilAsserted(assertion);
	}

	@Override
	public void close() {
		this.pair.close();
	}

}
