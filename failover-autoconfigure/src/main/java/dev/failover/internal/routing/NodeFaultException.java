package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.internal.error.ExceptionChain;

/**
 * Says on which node, and in the middle of which call, an error of a lost or read-only
 * node was raised. Found among the suppressed exceptions of the driver's own error, so
 * that whoever handles that error can tell a lost {@code COMMIT} from work that was lost
 * before it. It carries the SQLState of that error.
 */
public final class NodeFaultException extends SQLException {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final ErrorClass errorClass;

	private final String call;

	private final boolean nothingWasSent;

	/**
	 * Creates a note.
	 * @param call name of the JDBC method that failed
	 * @param nothingWasSent whether the error proves that nothing was sent to the server
	 * @param error the error to annotate
	 */
	NodeFaultException(Node node, ErrorClass errorClass, String call, boolean nothingWasSent, SQLException error) {
		super("On node '" + node + "', in " + call + "()", error.getSQLState());
		this.node = node.name();
		this.errorClass = errorClass;
		this.call = call;
		this.nothingWasSent = nothingWasSent;
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
	 * Returns whether the error proves that nothing was sent to the server.
	 */
	public boolean nothingWasSent() {
		return this.nothingWasSent;
	}

	/**
	 * Returns the first note along the {@linkplain ExceptionChain chain} of an exception,
	 * if there is one.
	 */
	public static Optional<NodeFaultException> in(Throwable error) {
		return ExceptionChain.of(error)
			.flatMap((link) -> Arrays.stream(link.getSuppressed()))
			.filter(NodeFaultException.class::isInstance)
			.map(NodeFaultException.class::cast)
			.findFirst();
	}

}
