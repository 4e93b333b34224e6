package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.internal.detection.Suspicions;
import dev.failover.internal.error.ErrorClassification;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sees every {@link SQLException} raised on a pooled connection, on the caller's thread,
 * and raises a suspicion where it could mean that the node is gone. Never throws, never
 * blocks, does no I/O. An override of the application's own is asked first.
 */
final class TrafficErrors implements SQLExceptionOverride {

	private final Node node;

	private final ErrorClassification errors;

	private final Suspicions suspicions;

	private final Supplier<Route> route;

	private final Runnable retire;

	private final @Nullable SQLExceptionOverride own;

	private final LongAdder failures = new LongAdder();

	/**
	 * Create the hook of one pool.
	 * @param retire retires the connections that the pool has now; must not block
	 * @param own the application's own override, or null
	 */
	TrafficErrors(Node node, ErrorClassification errors, Suspicions suspicions, Supplier<Route> route, Runnable retire,
			@Nullable SQLExceptionOverride own) {
		this.node = node;
		this.errors = errors;
		this.suspicions = suspicions;
		this.route = route;
		this.retire = retire;
		this.own = own;
	}

	@java.lang.Override
	public Override adjudicate(SQLException error) {
		ErrorClass errorClass = this.errors.classify(error);
		if (errorClass != ErrorClass.APPLICATION) {
			this.failures.increment();
		}
		if (suspicious(errorClass)) {
			this.suspicions.suspect(this.node);
		}
		else if (errorClass == ErrorClass.READ_ONLY) {
			refusedWrite();
		}
		explain(error, errorClass);
		return askOwn(error);
	}

	private Override askOwn(SQLException error) {
		try {
			return (this.own != null) ? this.own.adjudicate(error) : Override.CONTINUE_EVICT;
		}
		catch (RuntimeException ex) {
			error.addSuppressed(ex);
			return Override.CONTINUE_EVICT;
		}
	}

	/**
	 * The node for writes refused one, though not because its transaction only reads: it
	 * may have been demoted. Connections to it are retired when they are given back, not
	 * torn away: the rollback that follows would fail and hide this error.
	 */
	private void refusedWrite() {
		if (this.node.equals(this.route.get().writes())
				&& !TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			this.suspicions.suspect(this.node);
			this.retire.run();
		}
	}

	/**
	 * How many errors of the application's calls were not its own affair.
	 */
	long failures() {
		return this.failures.sum();
	}

	/**
	 * Whether a failed connect raises a suspicion; a probe follows then.
	 */
	boolean suspectConnect(SQLException error) {
		boolean suspicious = suspicious(this.errors.classify(error));
		if (suspicious) {
			this.suspicions.suspect(this.node);
		}
		return suspicious;
	}

	private static boolean suspicious(ErrorClass errorClass) {
		return errorClass == ErrorClass.CONNECTION_LOST || errorClass == ErrorClass.STARTING_UP;
	}

	/**
	 * Say in the error itself that the route had left the node.
	 */
	private void explain(SQLException error, ErrorClass errorClass) {
		Route current = this.route.get();
		if (errorClass == ErrorClass.CONNECTION_LOST && !current.uses(this.node) && error.getSuppressed().length == 0) {
			error.addSuppressed(new NodeLeftException(this.node, current));
		}
		if (errorClass == ErrorClass.CONNECTION_LOST || errorClass == ErrorClass.READ_ONLY) {
			mark(error, errorClass);
		}
	}

	/**
	 * Note node and call in the error, and the error in the transaction: those who report
	 * to the application need them.
	 */
	private void mark(SQLException error, ErrorClass errorClass) {
		if (NodeFaultException.in(error).isEmpty()) {
			PoolCall.current().ifPresent((call) -> {
				error.addSuppressed(
						new NodeFaultException(this.node, errorClass, call, this.errors.nothingWasSent(error), error));
				TransactionFaults.remember(error);
			});
		}
	}

}
