package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * Tells on which node, and in which JDBC call, an error of a lost or read-only node was
 * raised, and whether the route had left the node. It is found among the suppressed
 * exceptions of the driver's own error, so that exception translation can tell a lost
 * {@code COMMIT} from work that was lost before it. It carries the SQLState of that
 * error.
 */
public final class NodeFaultException extends SQLException {

	private static final long serialVersionUID = 1L;

	/**
	 * Number of exceptions of a chain that are examined; chains of drivers can be cyclic.
	 */
	private static final int MAX_CHAIN = 20;

	private final String node;

	private final ErrorClass errorClass;

	private final @Nullable String call;

	/**
	 * Creates an exception without stack trace.
	 * @param call JDBC method that the application called, or null if unknown
	 * @param left the current route, if it has left the node, or null
	 */
	NodeFaultException(Node node, ErrorClass errorClass, @Nullable String call, @Nullable Route left,
			SQLException error) {
		super(message(node, call, left), error.getSQLState());
		this.node = node.name();
		this.errorClass = errorClass;
		this.call = call;
		setStackTrace(new StackTraceElement[0]);
	}

	private static String message(Node node, @Nullable String call, @Nullable Route left) {
		String where = (call != null) ? "On node '" + node + "', in " + call + "()" : "On node '" + node + "'";
		return (left == null) ? where
				: where + ". The route has left this node: mode " + left.mode() + " since epoch " + left.epoch() + " ("
						+ left.cause().label() + "). Work in flight there has failed; begin a new transaction";
	}

	/**
	 * Returns the node that the connection led to.
	 */
	public Node node() {
		return new Node(this.node);
	}

	/**
	 * Returns what the error says about the node.
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
	 * Returns the fault that an exception carries, along its causes and
	 * {@link SQLException#getNextException() next exceptions}; empty if it carries none.
	 */
	public static Optional<NodeFaultException> in(Throwable error) {
		Throwable current = error;
		for (int i = 0; current != null && i < MAX_CHAIN; i++) {
			Optional<NodeFaultException> found = Arrays.stream(current.getSuppressed())
				.filter(NodeFaultException.class::isInstance)
				.map(NodeFaultException.class::cast)
				.findFirst();
			if (found.isPresent()) {
				return found;
			}
			current = next(current);
		}
		return Optional.empty();
	}

	private static @Nullable Throwable next(Throwable error) {
		SQLException next = (error instanceof SQLException sql) ? sql.getNextException() : null;
		return (next != null) ? next : error.getCause();
	}

}
