package dev.failover.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's own failover manager, as Patroni or a cloud provider would run it: it
 * promotes the standby when the leader is lost. Safe for use by several threads.
 * <p>
 * It looks at the servers themselves, so a fault of a {@link Link} does not concern it. A
 * leader that it has deposed does not come back as a primary: unless fencing is off, one
 * that was frozen is killed in the moment in which it would wake up, as a watchdog would,
 * and {@link EmbeddedNode#start()} brings a lost node back as a standby.
 */
public final class FailoverManager {

	private static final Logger logger = LoggerFactory.getLogger(FailoverManager.class);

	/** Long enough for a server that has just come back to answer on a busy machine. */
	private static final Duration LAST_LOOK = Duration.ofMillis(500);

	private final ManagerSettings settings;

	private final Cluster cluster;

	private final List<EmbeddedNode> nodes;

	private final @Nullable SynchronousMode synchronousMode;

	private volatile boolean paused;

	private volatile @Nullable Long lostAt;

	private boolean refused;

	FailoverManager(ManagerSettings settings, Cluster cluster, List<EmbeddedNode> nodes,
			@Nullable SynchronousMode synchronousMode) {
		this.settings = settings;
		this.cluster = cluster;
		this.nodes = nodes;
		this.synchronousMode = synchronousMode;
	}

	/**
	 * Return how long a leader is missed before the other node is promoted.
	 * @return the delay
	 */
	public Duration promoteAfter() {
		return this.settings.promoteAfter();
	}

	/**
	 * Return the node that is the leader, as far as the manager knows.
	 * @return the leader, which may be lost at the moment
	 */
	public EmbeddedNode leader() {
		String name = this.cluster.leader().name();
		return this.nodes.stream().filter((node) -> node.name().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * Say whether the leader is missed: it did not answer when it was last looked at. One
	 * that has come back by now is still deposed if the manager does not see it in time.
	 * @return whether the other node may be promoted without being asked for
	 */
	public boolean missesLeader() {
		return this.lostAt != null;
	}

	/**
	 * Stop promoting and fencing until {@link #resume()}: a maintenance window.
	 */
	public void pause() {
		this.paused = true;
	}

	/**
	 * Promote and fence again. A leader that is lost by now is missed from now on.
	 */
	public void resume() {
		this.paused = false;
	}

	/**
	 * Say whether a node must not wake up: it was the leader, and another one is now.
	 */
	boolean isFenced(Member member) {
		return this.settings.fencing() && !this.paused && this.cluster.isDeposed(member);
	}

	/**
	 * Look after the pair.
	 * @param leader the leader
	 * @param sight what it says, empty if it says nothing
	 * @param asked when it was asked ({@link System#nanoTime()})
	 */
	void observe(Member leader, Optional<Sight> sight, long asked) throws IOException, SQLException {
		if (this.paused || sight.filter(Sight::writable).isPresent() || leader != this.cluster.leader()) {
			this.lostAt = null;
			this.refused = false;
		}
		else {
			long since = Objects.requireNonNullElse(this.lostAt, asked);
			this.lostAt = since;
			if (System.nanoTime() - since >= promoteAfter().toNanos()) {
				failOver(leader);
			}
		}
		fence(this.cluster.other(this.cluster.leader()));
	}

	/**
	 * Return how much longer a silent leader may stay silent.
	 */
	Duration patience() {
		Long lost = this.lostAt;
		long used = (lost != null) ? System.nanoTime() - lost : 0;
		return promoteAfter().minusNanos(used);
	}

	private void failOver(Member lost) throws IOException, SQLException {
		Member candidate = this.cluster.other(lost);
		if (lost.isAwake() && lost.lookout().look(LAST_LOOK).filter(Sight::writable).isPresent()) {
			return;
		}
		if (this.synchronousMode != null && !this.synchronousMode.isSafe(lost)) {
			refuse(lost, candidate);
			return;
		}
		if (candidate.isAwake()) {
			logger.warn("Leader '{}' is lost: promoting '{}'", lost.name(), candidate.name());
			if (this.settings.fencing() && lost.isAwake()) {
				lost.server().kill();
			}
			this.cluster.lead(candidate);
			this.lostAt = null;
		}
	}

	private void refuse(Member lost, Member candidate) {
		if (!this.refused) {
			logger.warn("Leader '{}' is lost, but '{}' may lack data that it has acknowledged: not promoted",
					lost.name(), candidate.name());
		}
		this.refused = true;
	}

	private void fence(Member member) {
		if (isFenced(member) && member.isAwake()) {
			logger.warn("Fencing '{}', which has woken up after it was deposed", member.name());
			member.server().kill();
		}
	}

}
