package dev.failover.transaction;

import java.sql.SQLException;

import dev.failover.Node;
import dev.failover.Route;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The answer to a statement that commits by itself was lost: there is no transaction, and
 * the statement is not a plain {@code SELECT}. It may or may not have been executed. Look
 * before doing it again.
 * <p>
 * In a transaction the same fault is a {@link NodeLostException}, whose work is known not
 * to be stored.
 */
public final class WriteOutcomeUnknownException extends DataAccessResourceFailureException implements NodeFailure {

	private static final long serialVersionUID = 1L;

	private final Circumstances circumstances;

	public WriteOutcomeUnknownException(Node node, Route route, SQLException cause) {
		super("The connection to database node '" + node + "' was lost (SQLState " + cause.getSQLState()
				+ ") in the middle of a statement outside of any transaction; " + Circumstances.text(route)
				+ ". It may or may not have been executed: look before doing it again, or use a transaction", cause);
		this.circumstances = Circumstances.of(node, route);
	}

	@Override
	public Circumstances circumstances() {
		return this.circumstances;
	}

}
