package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.internal.error.ExceptionChain;
import org.jspecify.annotations.Nullable;

/**
 * Exception that describes an error of a lost or read-only node: the node, the JDBC call,
 * and whether the route had left the node. It is added to the suppressed exceptions of
 * the driver's own error, so that exception translation can distinguish a lost
 * {@code COMMIT} from work that was lost before it. It has the SQLState of that error.
 */
public final class NodeFaultException extends SQLException {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final ErrorClass errorClass;

	private final @Nullable String call;

	private final boolean nothingWasSent;

	/**
	 * Creates an exception without stack trace.
	 */
	NodeFaultException(Fault fault, SQLException error) {
		super(fault.message(), error.getSQLState());
		this.node = fault.node().name();
		this.errorClass = fault.errorClass();
		this.call = fault.call();
		this.nothingWasSent = fault.nothingWasSent();
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
	 * Returns the fault that an exception carries, along its {@linkplain ExceptionChain
	 * chain}; empty if it carries none.
	 */
	public static Optional<NodeFaultException> in(Throwable error) {
		return ExceptionChain.of(error)
			.flatMap((link) -> Arrays.stream(link.getSuppressed()))
			.filter(NodeFaultException.class::isInstance)
			.map(NodeFaultException.class::cast)
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

}
