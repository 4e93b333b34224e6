package dev.failover.internal.drill;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.failover.DrillFault;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Rehearsed fault of one node. Decorators apply it to new connections and to probes,
 * although the server works. Thread-safe; costs one volatile read while nothing is
 * rehearsed.
 */
public final class Rehearsal {

	/** Seconds after which the client of a silent server gives up by itself. */
	private static final long LONGEST_SILENCE = 5;

	private volatile @Nullable RehearsedFault current;

	/**
	 * Begins the fault.
	 */
	void begin(DrillFault fault) {
		this.current = new RehearsedFault(fault, new CountDownLatch(1), fault == DrillFault.READ_ONLY);
	}

	/**
	 * Lets new sessions accept writes although the node still reports {@code READ_ONLY},
	 * so that no old read-only session is left when it reports {@code WRITABLE} again.
	 */
	void acceptWritesInNewSessions() {
		RehearsedFault fault = this.current;
		if (fault != null) {
			this.current = new RehearsedFault(fault.fault(), fault.over(), false);
		}
	}

	/**
	 * Ends the fault and releases the threads that it holds up.
	 */
	void end() {
		RehearsedFault fault = this.current;
		this.current = null;
		if (fault != null) {
			fault.over().countDown();
		}
	}

	/**
	 * Applies the fault to a thread that is about to connect: refuses it, or holds it up
	 * until the fault ends.
	 * @throws SQLException with SQLState 08001 if the rehearsed fault refuses connections
	 */
	void applyBeforeConnect() throws SQLException {
		RehearsedFault fault = this.current;
		if (fault == null || fault.fault() == DrillFault.READ_ONLY) {
			return;
		}
		if (fault.fault() == DrillFault.FREEZE) {
			fault.await();
		}
		throw new SQLException("A drill rehearses the loss of this node", "08001");
	}

	/**
	 * Returns the role that the node reports while the fault lasts.
	 */
	Role role(Role real) {
		RehearsedFault fault = this.current;
		return (fault != null && fault.fault() == DrillFault.READ_ONLY) ? Role.READ_ONLY : real;
	}

	/**
	 * Returns whether a session that opens now has to reject writes.
	 */
	boolean rejectsWrites() {
		RehearsedFault fault = this.current;
		return fault != null && fault.rejectsWrites();
	}

	/**
	 * A fault under way.
	 */
	private record RehearsedFault(DrillFault fault, CountDownLatch over, boolean rejectsWrites) {

		void await() throws SQLException {
			try {
				this.over.await(LONGEST_SILENCE, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new SQLException("Interrupted during a drill", "08001", ex);
			}
		}

	}

}
