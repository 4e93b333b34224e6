package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.Node;
import org.jspecify.annotations.Nullable;

/**
 * Says on which node, and in the middle of which call, an error of a lost or read-only
 * node was raised. Found among the suppressed exceptions of the driver's own error, so
 * that whoever handles that error can tell a lost {@code COMMIT} from work that was lost
 * before it. It carries the SQLState of that error.
 */
public final class NodeFaultException extends SQLException {

	private static final long serialVersionUID = 1L;

	/** Exceptions of one chain that are looked at; chains of drivers can be cyclic. */
	private static final int MAX_CHAIN = 20;

	private final String node;

	private final ErrorClass errorClass;

	private final String call;

	NodeFaultException(Node node, ErrorClass errorClass, String call, SQLException error) {
		super("On node '" + node + "', in " + call + "()", error.getSQLState());
		this.node = node.name();
		this.errorClass = errorClass;
		this.call = call;
		setStackTrace(new StackTraceElement[0]);
	}

	/**
	 * The node that the connection led to.
	 */
	public Node node() {
		return new Node(this.node);
	}

	/**
	 * What the error says of the node.
	 */
	public ErrorClass errorClass() {
		return this.errorClass;
	}

	/**
	 * Whether the error is the answer to a commit.
	 */
	public boolean committing() {
		return this.call.equals("commit");
	}

	/**
	 * The fault that an exception tells of, along its causes and
	 * {@link SQLException#getNextException() next exceptions}; empty if it tells of none.
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
