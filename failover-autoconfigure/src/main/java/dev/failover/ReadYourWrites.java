package dev.failover;

import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Lets a session read what it wrote although reads go to the mirror. After its commit,
 * the session takes the {@linkplain #position() position} of the log, and later reads
 * {@linkplain #after after} it. Such reads go to the mirror if it is known to have
 * applied that much, else to the node that accepts writes.
 * <p>
 * Thread-safe.
 */
public interface ReadYourWrites {

	/**
	 * Returns the position that covers everything committed until now, with one cheap
	 * query to the node that accepts writes. Call it after the commit.
	 * @throws SQLException if no node accepts writes, or the database has no log position
	 */
	LogPosition position() throws SQLException;

	/**
	 * Executes work whose reads see at least what was written up to a position. The work
	 * must begin its own transaction; one that is open already keeps its connection.
	 */
	<T> T after(LogPosition position, Supplier<T> work);

}
