package dev.failover.it.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.ServerSql;
import org.awaitility.Awaitility;

/**
 * Keeps pairs with common options and restores them to their first state for the next
 * scenario with the same options. They are closed when the JVM ends.
 */
final class PairCache {

	private static final System.Logger logger = System.getLogger(PairCache.class.getName());

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Map<PairOptions, EmbeddedPair> kept = new HashMap<>();

	private PairCache() {
	}

	/**
	 * Returns a pair in its first state with an empty ledger.
	 */
	static synchronized EmbeddedPair acquire(PairOptions options) throws SQLException {
		EmbeddedPair ready = kept.remove(options);
		EmbeddedPair pair = (ready != null) ? ready : options.start();
		LedgerTable.create(pair.primary().directJdbcUrl(), pair.username(), pair.password());
		return pair;
	}

	/**
	 * Takes a pair back. One that is not to be kept, or cannot be restored, is closed.
	 */
	static synchronized void release(PairOptions options, EmbeddedPair pair, boolean reusable) {
		boolean restored = false;
		try {
			if (reusable && options.isCommon()) {
				restore(pair, options);
				restored = true;
			}
		}
		catch (RuntimeException ex) {
			logger.log(System.Logger.Level.WARNING, "A pair could not be restored", ex);
		}
		finally {
			if (restored) {
				kept.put(options, pair);
			}
			else {
				pair.close();
			}
		}
	}

	private static void restore(EmbeddedPair pair, PairOptions options) {
		for (EmbeddedNode node : pair.nodes()) {
			revive(node);
		}
		if (pair.primary().isWritable()) {
			pair.mirror().rejoin();
		}
		else {
			pair.primary().rejoin();
			pair.primary().promote();
		}
		if (options.synchronous()) {
			Awaitility.await("a synchronous mirror")
				.atMost(TIMEOUT)
				.ignoreExceptions()
				.until(() -> isSynchronous(pair.primary()));
		}
	}

	/**
	 * Ends the faults of a node, and starts it if it is down.
	 */
	static void revive(EmbeddedNode node) {
		node.link().heal();
		if (node.isFrozen()) {
			node.thaw();
		}
		if (!node.isRunning()) {
			node.start();
		}
	}

	static boolean isSynchronous(EmbeddedNode primary) throws SQLException {
		return ServerSql.query(primary,
				"select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')", Integer.class) > 0;
	}

}
