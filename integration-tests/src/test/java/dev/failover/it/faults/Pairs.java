package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import org.awaitility.Awaitility;

/**
 * Keeps the common pairs for the next scenario that wants the same, brought back to their
 * first state. They end with the JVM.
 */
final class Pairs {

	private static final System.Logger logger = System.getLogger(Pairs.class.getName());

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Map<PairOptions, EmbeddedPair> kept = new HashMap<>();

	private Pairs() {
	}

	/**
	 * A pair in its first state with an empty ledger.
	 */
	static synchronized EmbeddedPair take(PairOptions options) throws SQLException {
		EmbeddedPair ready = kept.remove(options);
		EmbeddedPair pair = (ready != null) ? ready : options.start();
		Ledger.create(pair.primary().directJdbcUrl(), pair.username(), pair.password());
		return pair;
	}

	/**
	 * Give a pair back; one that is not to be kept, or cannot be restored, is closed.
	 */
	static synchronized void giveBack(PairOptions options, EmbeddedPair pair, boolean reusable) {
		boolean restored = false;
		try {
			if (reusable && options.common()) {
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
				.atMost(PATIENCE)
				.ignoreExceptions()
				.until(() -> isSynchronous(pair.primary()));
		}
	}

	/**
	 * Undo the faults of a node, and start it if it is down.
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
		try (Connection connection = primary.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')")) {
			return row.next() && row.getInt(1) > 0;
		}
	}

}
