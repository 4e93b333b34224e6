package dev.failover.embedded;

import java.time.Duration;
import java.util.List;

/**
 * The database's own failover manager, in the manner of Patroni or of a cloud provider:
 * it promotes a standby when the leader is lost. If there are several, it promotes the
 * one that has received most, and lets the others follow it. Safe for use by several
 * threads.
 * <p>
 * The manager asks the servers directly, so that a fault of a {@link Link} does not
 * affect it. A leader that it has deposed does not come back as a primary: unless fencing
 * is off, a frozen one is killed instead of being thawed, as a watchdog would do, and
 * {@link EmbeddedNode#start()} starts a lost node as a standby.
 */
public final class FailoverManager {

	private final AutomaticFailover failover;

	private final List<EmbeddedNode> nodes;

	FailoverManager(AutomaticFailover failover, List<EmbeddedNode> nodes) {
		this.failover = failover;
		this.nodes = List.copyOf(nodes);
	}

	/**
	 * Return the time without a leader after which a standby is promoted.
	 * @return the time
	 */
	public Duration promoteAfter() {
		return this.failover.promoteAfter();
	}

	/**
	 * Return the node that the manager regards as the leader.
	 * @return the leader, which may be lost at the moment
	 */
	public EmbeddedNode leader() {
		String name = this.failover.leader().name();
		return this.nodes.stream().filter((node) -> node.name().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * Return whether the leader did not answer as a primary when it was last asked. A
	 * leader that is back by now is deposed nevertheless if the manager does not see it
	 * in time.
	 * @return whether a standby may be promoted at any moment
	 */
	public boolean missesLeader() {
		return this.failover.isLeaderMissing();
	}

	/**
	 * Stop promoting, re-pointing and fencing until {@link #resume()}, as for
	 * maintenance.
	 */
	public void pause() {
		this.failover.pause();
	}

	/**
	 * Promote, re-point and fence again. The time without the leader counts from now on.
	 */
	public void resume() {
		this.failover.resume();
	}

}
