package dev.failover.embedded;

import java.time.Duration;

/**
 * The database's own failover manager, as Patroni or a cloud provider would run it.
 */
public final class FailoverManager {

	FailoverManager() {
	}

	/**
	 * Return how long a leader is missed before the other node is promoted.
	 * @return the delay
	 */
	public Duration promoteAfter() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the node that the manager holds to be the leader.
	 * @return the leader, which may be lost at the moment
	 */
	public EmbeddedNode leader() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Stop promoting and fencing until {@link #resume()}.
	 */
	public void pause() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Promote and fence again.
	 */
	public void resume() {
		throw new UnsupportedOperationException();
	}

}
