package dev.failover.benchmarks.overhead;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

import javax.sql.DataSource;

import dev.failover.benchmarks.stub.StubNode;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Calls a data source many times.
 */
interface CallLoop {

	/**
	 * Borrows a connection and gives it back, so many times.
	 */
	void connections(DataSource dataSource, int times, Blackhole hole) throws SQLException;

	/**
	 * Borrows a connection, executes a prepared statement, reads its row and closes all,
	 * so many times.
	 */
	void statements(DataSource dataSource, int times, Blackhole hole) throws SQLException;

	/**
	 * Returns a loop with a class of its own. The compiler then sees calls of one data
	 * source only, as in an application with one contender.
	 */
	static CallLoop create() {
		String file = Template.class.getName().replaceFirst(".*\\.", "") + ".class";
		try (InputStream own = CallLoop.class.getResourceAsStream(file)) {
			byte[] bytes = Objects.requireNonNull(own).readAllBytes();
			Class<?> copy = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
			return (CallLoop) copy.getDeclaredConstructor().newInstance();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	final class Template implements CallLoop {

		@Override
		public void connections(DataSource dataSource, int times, Blackhole hole) throws SQLException {
			for (int i = 0; i < times; i++) {
				try (Connection connection = dataSource.getConnection()) {
					hole.consume(connection);
				}
			}
		}

		/**
		 * Consumes every object, because otherwise the compiler sometimes removes the
		 * objects of stub and pool and sometimes does not.
		 */
		@Override
		public void statements(DataSource dataSource, int times, Blackhole hole) throws SQLException {
			for (int i = 0; i < times; i++) {
				try (Connection connection = dataSource.getConnection();
						PreparedStatement statement = connection.prepareStatement(StubNode.STATEMENT);
						ResultSet row = statement.executeQuery()) {
					hole.consume(connection);
					hole.consume(statement);
					hole.consume(row);
					hole.consume(row.next() ? row.getInt(1) : 0);
				}
			}
		}

	}

}
