package dev.failover.internal.transaction;

import java.util.function.Supplier;

import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.Route;
import dev.failover.internal.error.ExceptionChain;
import dev.failover.transaction.NoWritableNodeException;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Reports a transaction that could not begin while no node accepts writes as
 * {@link NoWritableNodeException}. Spring's own exception is its cause. Thread-safe.
 */
public final class RefusedBeginListener implements TransactionExecutionListener {

	private final Supplier<Route> route;

	/**
	 * Creates a listener.
	 * @param route provides the current route
	 */
	public RefusedBeginListener(Supplier<Route> route) {
		this.route = route;
	}

	@Override
	public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
		if (beginFailure != null
				&& ExceptionChain.of(beginFailure).anyMatch(NoNodeAvailableException.class::isInstance)) {
			Route current = this.route.get();
			if (current.mode() == Mode.READ_ONLY && !EndlessRetries.areCalling()) {
				throw new NoWritableNodeException(current, beginFailure);
			}
		}
	}

}
