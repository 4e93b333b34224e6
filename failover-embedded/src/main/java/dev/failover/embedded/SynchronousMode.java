package dev.failover.embedded;

import java.io.IOException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronous replication as Patroni's non-strict mode does it: commits wait for the
 * standby while it streams, and go on alone when it is gone. Confined to one thread but
 * for {@link #isSafe(Member)}.
 */
final class SynchronousMode {

	private static final Logger logger = LoggerFactory.getLogger(SynchronousMode.class);

	/** How long a standby that streams may confirm nothing while commits wait for it. */
	private static final long STALL_NANOS = Duration.ofMillis(800).toNanos();

	private final Cluster cluster;

	private @Nullable Member synchronizing;

	private int confirmations;

	private long aim;

	private long confirmed;

	private long confirmedAt;

	private boolean stalled;

	private volatile @Nullable Safety safety;

	SynchronousMode(Cluster cluster) {
		this.cluster = cluster;
	}

	/**
	 * Say whether the other node has everything that this leader has acknowledged. Any
	 * thread may ask.
	 */
	boolean isSafe(Member leader) {
		return new Safety(leader, this.cluster.changes()).equals(this.safety);
	}

	/**
	 * Take note of what a leader says.
	 * @param leader the leader
	 * @param sight what it says
	 * @param now when ({@link System#nanoTime()})
	 */
	void observe(Member leader, Sight sight, long now) throws IOException {
		long changes = this.cluster.changes();
		boolean moves = moves(sight, now);
		if (this.synchronizing != leader) {
			forget();
		}
		if (this.synchronizing == null) {
			if (sight.streaming() && !this.stalled) {
				turnOn(leader);
			}
		}
		else if (!sight.streaming() || !moves) {
			this.stalled = sight.streaming();
			turnOff(leader);
		}
		else if (!sight.synchronous()) {
			turnOn(leader);
		}
		else if (!isSafe(leader)) {
			confirm(leader, sight, changes);
		}
	}

	/**
	 * Say whether the standby confirms what it gets, or gets nothing.
	 */
	private boolean moves(Sight sight, long now) {
		if (!sight.streaming() || !sight.isBehind() || sight.standbyFlushed() != this.confirmed) {
			this.stalled = false;
			this.confirmed = sight.standbyFlushed();
			this.confirmedAt = now;
		}
		return now - this.confirmedAt < STALL_NANOS;
	}

	private void turnOn(Member leader) throws IOException {
		forget();
		this.synchronizing = leader;
		leader.server().synchronizeWith(this.cluster.other(leader).name());
		logger.debug("Commits on '{}' wait for its standby", leader.name());
	}

	private void turnOff(Member leader) throws IOException {
		forget();
		leader.server().synchronizeWith("");
		logger.warn("Commits on '{}' do not wait for its standby any more, which {}", leader.name(),
				this.stalled ? "confirms nothing" : "does not stream");
	}

	private void forget() {
		this.safety = null;
		this.synchronizing = null;
		this.confirmations = 0;
	}

	/**
	 * Believe in safety once the setting has reached every process of the server, which
	 * takes two looks, and the standby has all that was there at that moment.
	 */
	private void confirm(Member leader, Sight sight, long changes) {
		this.confirmations++;
		if (this.confirmations == 2) {
			this.aim = sight.flushed();
		}
		if (this.confirmations >= 2 && sight.standbyFlushed() >= this.aim) {
			this.safety = new Safety(leader, changes);
			this.confirmations = 0;
		}
	}

	/**
	 * The other node had everything, and nothing was changed since.
	 *
	 * @param leader the leader
	 * @param changes number of changes to the cluster by then
	 */
	private record Safety(Member leader, long changes) {

	}

}
