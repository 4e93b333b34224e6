package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.sql.DataSource;

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

	private static final ThreadLocal<LogPosition> required = new ThreadLocal<>();

	private final DataSource dataSource;

	private final CurrentRoute route;

	private final Dialect dialect;

	private final Function<Node, @Nullable Long> applied;

	/**
	 * Creates a guard.
	 * @param dataSource hands out connections to the node that accepts writes
	 * @param applied provides the position up to which a node is known to have applied
	 * the log, or null
	 */
	public ReadYourWritesGuard(DataSource dataSource, CurrentRoute route, Dialect dialect,
			Function<Node, @Nullable Long> applied) {
		this.dataSource = dataSource;
		this.route = route;
		this.dialect = dialect;
		this.applied = applied;
	}

	@Override
	public LogPosition position() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			Long position = this.dialect.read(connection).position();
			if (position == null) {
				throw new SQLException("The log position of the database could not be read");
			}
			return new LogPosition(position);
		}
	}

	@Override
	public <T> T after(LogPosition position, Supplier<T> work) {
		LogPosition outer = required.get();
		required.set((outer != null && outer.value() > position.value()) ? outer : position);
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
	 * Returns whether the node that serves reads has applied what the current work
	 * requires.
	 */
	boolean isSatisfied() {
		LogPosition position = required.get();
		if (position == null) {
			return true;
		}
		Route current = this.route.get();
		Node reads = current.reads();
		if (reads == null || reads.equals(current.writes())) {
			return true;
		}
		Long known = this.applied.apply(reads);
		return known != null && known >= position.value();
	}

}
