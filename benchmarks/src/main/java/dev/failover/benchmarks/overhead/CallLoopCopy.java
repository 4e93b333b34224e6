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
 * The loop of one contender. Each has a class of its own, a copy of this one, so that the
 * compiler sees in each what it would see in an application that has no other contender:
 * calls of one data source alone.
 */
final class CallLoopCopy implements CallLoop {

	/**
	 * A loop for one more contender.
	 */
	static CallLoop another() {
		try (InputStream own = CallLoopCopy.class.getResourceAsStream(CallLoopCopy.class.getSimpleName() + ".class")) {
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

	@Override
	public void connections(DataSource dataSource, int times, Blackhole hole) throws SQLException {
		for (int i = 0; i < times; i++) {
			try (Connection connection = dataSource.getConnection()) {
				hole.consume(connection);
			}
		}
	}

	/**
	 * What is consumed cannot be removed: else the compiler would sometimes do without
	 * the stub's and the pool's objects altogether and sometimes not, by chance.
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
