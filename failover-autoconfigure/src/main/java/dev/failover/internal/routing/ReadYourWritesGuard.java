package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.failover.History;
import dev.failover.LogPosition;
import dev.failover.Node;
import dev.failover.ReadYourWrites;
import dev.failover.Route;
import dev.failover.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * {@link ReadYourWrites} that compares positions with those of the last probes, so that a
 * read needs no query; they are at most one probe interval old. Thread-safe.
 */
public final class ReadYourWritesGuard implements ReadYourWrites {

	private static final ThreadLocal<List<LogPosition>> required = new ThreadLocal<>();

	private final DataSource dataSource;

	private final CurrentRoute route;

	private final Dialect dialect;

	private final Function<Node, @Nullable History> applied;

	/**
	 * Creates a guard.
	 * @param dataSource hands out connections to the node that accepts writes
	 * @param applied provides the history that a node is known to hold, or null
	 */
	public ReadYourWritesGuard(DataSource dataSource, CurrentRoute route, Dialect dialect,
			Function<Node, @Nullable History> applied) {
		this.dataSource = dataSource;
		this.route = route;
		this.dialect = dialect;
		this.applied = applied;
	}

	@Override
	public LogPosition position() throws SQLException {
		try (Connection connection = TransactionIntention.connect(Access.WRITES, this.dataSource)) {
			LogPosition position = this.dialect.committed(connection);
			if (position == null) {
				throw new SQLException("The log position of the database could not be read: it has none, refuses to "
						+ "tell it, or accepts no writes");
			}
			return position;
		}
	}

	@Override
	public <T> T after(LogPosition position, Supplier<T> work) {
		List<LogPosition> outer = required.get();
		List<LogPosition> all = (outer != null) ? new ArrayList<>(outer) : new ArrayList<>();
		all.add(position);
		required.set(all);
		try {
			return work.get();
		}
		finally {
			if (outer != null) {
				required.set(outer);
			}
			else {
				required.remove();
			}
		}
	}

	/**
	 * Returns whether each node that serves reads has applied what the current work
	 * requires.
	 */
	public boolean isSatisfied() {
		List<LogPosition> positions = required.get();
		if (positions == null) {
			return true;
		}
		Route current = this.route.get();
		return current.reads()
			.stream()
			.allMatch((node) -> node.equals(current.writes()) || holds(this.applied.apply(node), positions));
	}

	private static boolean holds(@Nullable History history, List<LogPosition> positions) {
		return history != null && positions.stream().allMatch(history::holds);
	}

}
