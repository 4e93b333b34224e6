package dev.failover.internal.drill;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.failover.DrillFault;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a node, rehearsed: what connects to it or probes it meets the fault, though
 * the database is well. Thread-safe; costs one volatile read while nothing is rehearsed.
 */
public final class Rehearsal {

	/** Seconds after which a silent server's client has given up by itself. */
	private static final long LONGEST_SILENCE = 5;

	private volatile @Nullable Act act;

	/**
	 * Begin.
	 */
	public void begin(DrillFault fault) {
		this.act = new Act(fault, new CountDownLatch(1), fault == DrillFault.READ_ONLY);
	}

	/**
	 * Let sessions that open from now on take writes again, while the node still says to
	 * be read-only: so no session refuses writes when it says the contrary.
	 */
	public void relent() {
		Act current = this.act;
		if (current != null) {
			this.act = new Act(current.fault(), current.over(), false);
		}
	}

	/**
	 * End; whoever is held up goes on.
	 */
	public void end() {
		Act current = this.act;
		this.act = null;
		if (current != null) {
			current.over().countDown();
		}
	}

	/**
	 * Meet the fault, if there is one: refused, or held up until it ends.
	 * @throws SQLException of SQLState 08001 if the node is rehearsed to be gone
	 */
	public void meet() throws SQLException {
		Act current = this.act;
		if (current == null || current.fault() == DrillFault.READ_ONLY) {
			return;
		}
		if (current.fault() == DrillFault.FREEZE) {
			current.await();
		}
		throw new SQLException("A drill rehearses the loss of this node", "08001");
	}

	/**
	 * The role that the node says to have, as rehearsed.
	 */
	public Role role(Role real) {
		Act current = this.act;
		return (current != null && current.fault() == DrillFault.READ_ONLY) ? Role.READ_ONLY : real;
	}

	/**
	 * Whether a session that opens now is to refuse writes.
	 */
	public boolean refusesWrites() {
		Act current = this.act;
		return current != null && current.refusing();
	}

	/**
	 * A fault under way.
	 */
	private record Act(DrillFault fault, CountDownLatch over, boolean refusing) {

		void await() throws SQLException {
			try {
				boolean ended = this.over.await(LONGEST_SILENCE, TimeUnit.SECONDS);
				if (ended) {
					return;
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new SQLException("Interrupted during a drill", "08001", ex);
			}
		}

	}

}
