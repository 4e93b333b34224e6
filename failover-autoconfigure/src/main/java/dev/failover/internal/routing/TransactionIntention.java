package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import dev.failover.ErrorClass;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells which access the current thread's work needs. Spring calls a listener before a
 * transaction manager fetches the connection (Spring Framework 7.0.10,
 * {@code AbstractPlatformTransactionManager.startTransaction}), so that the intention is
 * known in time, whatever wraps the data source. Once the transaction has begun, Spring's
 * own synchronization has it, for connections that are fetched later.
 * <p>
 * Thread-safe. Allocates nothing: the thread keeps its empty entry, with no reference to
 * a class of the application.
 */
public final class TransactionIntention implements TransactionExecutionListener {

	private static final ThreadLocal<@Nullable Access> beginning = new ThreadLocal<>();

	private final SerializableReads serializableReads;

	/**
	 * Creates a listener.
	 * @param serializableReads read-only transactions that need a node that accepts
	 * writes; the listener adds those that a replica has refused
	 */
	public TransactionIntention(SerializableReads serializableReads) {
		this.serializableReads = serializableReads;
	}

	/**
	 * Returns a connection for the given access, whatever transaction is active.
	 */
	static Connection connect(Access access, DataSource dataSource) throws SQLException {
		Access before = beginning.get();
		beginning.set(access);
		try {
			return dataSource.getConnection();
		}
		finally {
			beginning.set(before);
		}
	}

	/**
	 * Returns the access that the current thread's work needs.
	 */
	static Access current() {
		Access begun = beginning.get();
		if (begun != null) {
			return begun;
		}
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();
			return (isolation != null && isolation == TransactionDefinition.ISOLATION_SERIALIZABLE) ? Access.WRITES
					: Access.READS;
		}
		return TransactionSynchronizationManager.isActualTransactionActive() ? Access.WRITES : Access.ANY;
	}

	@Override
	public void beforeBegin(TransactionExecution transaction) {
		boolean reads = transaction.isReadOnly() && !this.serializableReads.contains(transaction.getTransactionName());
		beginning.set(reads ? Access.READS : Access.WRITES);
	}

	@Override
	public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
		beginning.set(null);
	}

	/**
	 * Remembers a read-only transaction that a replica has refused, so that the next one
	 * of this name goes to the node that accepts writes.
	 */
	@Override
	public void beforeRollback(TransactionExecution transaction) {
		if (transaction.isReadOnly()) {
			TransactionFaults.current()
				.flatMap(NodeFaultException::in)
				.filter((fault) -> fault.errorClass() == ErrorClass.REFUSED_BY_REPLICA)
				.ifPresent((fault) -> this.serializableReads.add(transaction.getTransactionName()));
		}
	}

}
