package dev.failover.embedded.test;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.failover.NoNodeAvailableException;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of the work was told.
 */
enum Outcome {

	/** It was done. */
	DONE,

	/** It failed, and nothing of it is stored. */
	NOTHING_STORED,

	/** It may be stored. */
	UNKNOWN,

	/** It failed with an exception that does not tell of the loss. */
	UNEXPLAINED;

	/**
	 * Returns the outcome that an exception or one of its causes tells.
	 * @param failure the exception, or null if there is none
	 */
	static Outcome of(@Nullable Throwable failure) {
		if (failure == null) {
			return DONE;
		}
		List<Throwable> chain = chain(failure);
		if (chain.stream()
			.anyMatch((link) -> link instanceof CommitOutcomeUnknownException
					|| link instanceof WriteOutcomeUnknownException)) {
			return UNKNOWN;
		}
		if (chain.stream()
			.anyMatch((link) -> link instanceof NodeLostException || link instanceof NoWritableNodeException
					|| link instanceof NoNodeAvailableException)) {
			return NOTHING_STORED;
		}
		return chain.stream().anyMatch(Outcome::isConnectionLost) ? UNKNOWN : UNEXPLAINED;
	}

	private static List<Throwable> chain(Throwable failure) {
		List<Throwable> chain = new ArrayList<>();
		for (Throwable link = failure; link != null && !chain.contains(link); link = link.getCause()) {
			chain.add(link);
		}
		return chain;
	}

	private static boolean isConnectionLost(Throwable link) {
		String state = (link instanceof SQLException ex) ? ex.getSQLState() : null;
		return state != null && state.startsWith("08");
	}

}
