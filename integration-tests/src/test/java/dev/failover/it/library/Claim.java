package dev.failover.it.library;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.failover.NoNodeAvailableException;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Statement of the end of a call about its work, by the rules of {@code docs/retry.md}.
 */
enum Claim {

	STORED, NOT_STORED, UNKNOWN;

	private static final String READ_ONLY = "25006";

	/**
	 * Returns what an exception says.
	 */
	static Claim of(Throwable thrown) {
		List<Throwable> chain = new ArrayList<>();
		for (Throwable each = thrown; each != null; each = each.getCause()) {
			chain.add(each);
		}
		if (contains(chain, CommitOutcomeUnknownException.class)
				|| contains(chain, WriteOutcomeUnknownException.class)) {
			return UNKNOWN;
		}
		boolean notBegun = contains(chain, NoNodeAvailableException.class)
				&& (contains(chain, CannotCreateTransactionException.class)
						|| contains(chain, CannotGetJdbcConnectionException.class));
		boolean refused = chain.stream()
			.anyMatch((each) -> each instanceof SQLException ex && READ_ONLY.equals(ex.getSQLState()));
		return (notBegun || refused || contains(chain, NodeLostException.class)
				|| contains(chain, NoWritableNodeException.class)) ? NOT_STORED : UNKNOWN;
	}

	private static boolean contains(List<Throwable> chain, Class<? extends Throwable> type) {
		return chain.stream().anyMatch(type::isInstance);
	}

	/**
	 * Returns whether the claim is true.
	 * @param stored how often the work is stored
	 */
	boolean isTrue(int stored) {
		return switch (this) {
			case STORED -> stored == 1;
			case NOT_STORED -> stored == 0;
			case UNKNOWN -> stored <= 1;
		};
	}

}
