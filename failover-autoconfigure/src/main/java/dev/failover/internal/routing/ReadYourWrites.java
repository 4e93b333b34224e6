package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.failover.LogPosition;
import dev.failover.Node;
import dev.failover.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Lets a session that wrote read what it wrote, though reads go to the mirror: after its
 * commit it takes the {@linkplain #position() position}, and reads {@linkplain #after
 * after} it. Such reads go to the mirror once it is known to have applied as much, else
 * to the node that takes writes.
 * <p>
 * Thread-safe. The mirror's position is the last probe's, so that a read asks nobody; it
 * is at most one probe interval old.
 */
public final class ReadYourWrites {

	private static final ThreadLocal<LogPosition> required = new ThreadLocal<>();

	private final FailoverDataSource dataSource;

	private final Dialect dialect;

	private final Function<Node, @Nullable Long> applied;

	/**
	 * Create the guard.
	 * @param applied tells how much of the log a node is known to have applied, or null
	 */
	public ReadYourWrites(FailoverDataSource dataSource, Dialect dialect, Function<Node, @Nullable Long> applied) {
		this.dataSource = dataSource;
		this.dialect = dialect;
		this.applied = applied;
	}

	/**
	 * The position that covers everything committed until now: one cheap query to the
	 * node that takes writes. Call it after the commit.
	 * @throws SQLException if no node takes writes, or the database tells no position
	 */
	public LogPosition position() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			Long position = this.dialect.read(connection).position();
			if (position == null) {
				throw new SQLException("The database tells no position in its log");
			}
			return new LogPosition(position);
		}
	}

	/**
	 * Do work whose reads see at least what was written up to a position. The work begins
	 * its own transaction; one that is open already keeps its connection.
	 */
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
	 * Whether the node that serves reads has what the current work requires.
	 */
	boolean satisfied() {
		LogPosition position = required.get();
		Node reads = this.dataSource.route().reads();
		if (position == null || reads == null || reads.equals(this.dataSource.route().writes())) {
			return true;
		}
		Long known = this.applied.apply(reads);
		return known != null && known >= position.value();
	}

}
