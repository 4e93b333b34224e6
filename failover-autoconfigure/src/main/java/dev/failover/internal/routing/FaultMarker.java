package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.routing.NodeFaultException.Fault;
import dev.failover.internal.routing.NodeFaultException.Origin;

/**
 * Marks the errors of a lost or read-only node for exception translation: with the node,
 * the error class, the JDBC call, and whether the route had left the node. Thread-safe.
 */
final class FaultMarker {

	private static final Set<ErrorClass> MARKED = EnumSet.of(ErrorClass.CONNECTION_LOST, ErrorClass.READ_ONLY,
			ErrorClass.REFUSED_BY_REPLICA);

	private final Node node;

	private final ErrorClassification errors;

	private final Supplier<Route> route;

	private final ProbedRole role;

	private final TrafficListener listener;

	FaultMarker(Node node, ErrorClassification errors, Supplier<Route> route, ProbedRole role,
			TrafficListener listener) {
		this.node = node;
		this.errors = errors;
		this.route = route;
		this.role = role;
		this.listener = listener;
	}

	/**
	 * Adds a {@link NodeFaultException} to the error's suppressed exceptions, and
	 * remembers the error in the current thread's transaction, unless that has been done.
	 * Does nothing for errors that say nothing about the node.
	 */
	void mark(SQLException error, ErrorClass errorClass) {
		if (!MARKED.contains(errorClass) || NodeFaultException.in(error).isPresent()) {
			return;
		}
		String call = PoolCall.current().orElse(null);
		Route current = this.route.get();
		boolean left = errorClass == ErrorClass.CONNECTION_LOST && !current.uses(this.node);
		if (call != null || left) {
			error.addSuppressed(new NodeFaultException(
					new Fault(this.node, errorClass, call, this.errors.nothingWasSent(error), left ? current : null),
					new Origin(this.route, this.role, this.node.equals(current.writes()), System.nanoTime(),
							this.listener),
					error));
		}
		if (call != null) {
			TransactionFaults.remember(error);
		}
	}

}
