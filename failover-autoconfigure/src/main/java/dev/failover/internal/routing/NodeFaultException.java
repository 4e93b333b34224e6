package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.internal.error.ExceptionChain;
import org.jspecify.annotations.Nullable;

/**
 * Exception that describes an error of a lost or read-only node: the node, the JDBC call,
 * and whether the route had left the node. It is added to the suppressed exceptions of
 * the driver's own error, so that exception translation can distinguish a lost
 * {@code COMMIT} from work that was lost before it. It has the SQLState of that error.
 * Keeps its connection to the node's state in the JVM that raised it only.
 */
public final class NodeFaultException extends SQLException {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final ErrorClass errorClass;

	private final @Nullable String call;

	private final boolean nothingWasSent;

	private final transient @Nullable Origin origin;

	private transient boolean outcomeTold;

	/**
	 * Creates an exception without stack trace.
	 */
	NodeFaultException(Fault fault, Origin origin, SQLException error) {
		super(fault.message(), error.getSQLState());
		this.node = fault.node().name();
		this.errorClass = fault.errorClass();
		this.call = fault.call();
		this.nothingWasSent = fault.nothingWasSent();
		this.origin = origin;
		setStackTrace(new StackTraceElement[0]);
	}

	/**
	 * Returns the node that the connection led to.
	 */
	public Node node() {
		return new Node(this.node);
	}

	/**
	 * Returns the meaning of the error for the node.
	 */
	public ErrorClass errorClass() {
		return this.errorClass;
	}

	/**
	 * Returns whether the error is the answer to a commit.
	 */
	public boolean isInCommit() {
		return "commit".equals(this.call);
	}

	/**
	 * Returns whether the error proves that nothing was sent to the server.
	 */
	public boolean isNothingSent() {
		return this.nothingWasSent;
	}

	/**
	 * Returns the current route.
	 */
	public Route route() {
		return origin().route().get();
	}

	/**
	 * Returns whether the node refused a write because it accepts none, not because the
	 * application made its own session or transaction read-only. If the route writes to
	 * this node, a probe that began after the refusal tells; waits for it.
	 */
	public boolean isNodeReadOnly() {
		Origin known = origin();
		return !known.writes() || !node().equals(route().writes())
				|| known.role().since(known.nanos()) != Role.WRITABLE;
	}

	/**
	 * Tells the listener of the node, once, that the outcome of the work is unknown.
	 * Called on the thread that did the work.
	 */
	public void tellOutcomeUnknown() {
		if (!this.outcomeTold) {
			this.outcomeTold = true;
			origin().listener().outcomeUnknown();
		}
	}

	private Origin origin() {
		Origin known = this.origin;
		if (known == null) {
			throw new IllegalStateException("The fault was raised in another JVM");
		}
		return known;
	}

	/**
	 * Returns the fault that an exception carries, along its {@linkplain ExceptionChain
	 * chain}; empty if it carries none that was raised in this JVM.
	 */
	public static Optional<NodeFaultException> in(Throwable error) {
		return ExceptionChain.of(error)
			.flatMap((link) -> Arrays.stream(link.getSuppressed()))
			.filter(NodeFaultException.class::isInstance)
			.map(NodeFaultException.class::cast)
			.filter((fault) -> fault.origin != null)
			.findFirst();
	}

	/**
	 * Details of a fault.
	 *
	 * @param node the node that the connection led to
	 * @param errorClass meaning of the error for the node
	 * @param call JDBC method that the application called, or null if unknown
	 * @param nothingWasSent whether the error proves that nothing was sent to the server
	 * @param left the current route, if it has left the node, or null
	 */
	record Fault(Node node, ErrorClass errorClass, @Nullable String call, boolean nothingWasSent,
			@Nullable Route left) {

		String message() {
			String where = (this.call != null) ? "On node '" + this.node + "', in " + this.call + "()"
					: "On node '" + this.node + "'";
			return (this.left == null) ? where
					: where + ". The route has left this node: mode " + this.left.mode() + " since epoch "
							+ this.left.epoch() + " (" + this.left.cause().label()
							+ "). Work in flight there has failed; begin a new transaction";
		}

	}

	/**
	 * State of the node and its time.
	 *
	 * @param route provides the current route
	 * @param role role that the last probe has read
	 * @param writes whether the route wrote to the node
	 * @param nanos {@link System#nanoTime()} of the fault
	 * @param listener is told of an unknown outcome
	 */
	record Origin(Supplier<Route> route, ProbedRole role, boolean writes, long nanos, TrafficListener listener) {

	}

}
