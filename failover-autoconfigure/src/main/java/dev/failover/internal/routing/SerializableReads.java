package dev.failover.internal.routing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionDefinition;

/**
 * Names of the read-only transactions that are serializable, so that a replica may refuse
 * them and they go to the node that accepts writes. Spring does not tell a listener the
 * isolation of a transaction, but its name. Thread-safe.
 */
public final class SerializableReads {

	/** Names may be made at run time, so that their number is limited. */
	private static final int MAX_NAMES = 1_000;

	private static final String UNNAMED = "";

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	/**
	 * Returns whether a transaction of that definition is one of them.
	 */
	public static boolean isOne(TransactionDefinition definition) {
		return definition.isReadOnly()
				&& definition.getIsolationLevel() == TransactionDefinition.ISOLATION_SERIALIZABLE;
	}

	/**
	 * Adds the name of a transaction, or of all transactions without a name.
	 */
	public void add(@Nullable String name) {
		if (this.names.size() < MAX_NAMES) {
			this.names.add((name != null) ? name : UNNAMED);
		}
	}

	boolean contains(@Nullable String name) {
		return !this.names.isEmpty() && this.names.contains((name != null) ? name : UNNAMED);
	}

	/**
	 * Returns the names that are known now, in order. An empty one stands for
	 * transactions without a name.
	 */
	public List<String> names() {
		return this.names.stream().sorted().toList();
	}

}
