package dev.failover.embedded.test;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import dev.failover.Node;
import dev.failover.embedded.test.LossPoint.Kind;
import dev.failover.internal.engine.ConnectionDecorator;
import org.jspecify.annotations.Nullable;

/**
 * Nodes whose physical connections can be lost at the points of a {@link Course}. Under
 * the pools, so that pools, errors and exceptions are those of a real loss. Thread-safe.
 */
final class RehearsedNodes implements ConnectionDecorator {

	private final Map<Node, List<RehearsedConnection>> connections = new ConcurrentHashMap<>();

	private volatile @Nullable Lossy lossy;

	@Override
	public DataSource decorate(Node node, DataSource dataSource) {
		List<RehearsedConnection> open = this.connections.computeIfAbsent(node, (key) -> new CopyOnWriteArrayList<>());
		return new RehearsedDataSource(dataSource, (connection) -> {
			open.removeIf(RehearsedConnection::isClosed);
			RehearsedConnection rehearsed = new RehearsedConnection(connection,
					(kind, sql, call) -> reach(node, kind, sql, call));
			open.add(rehearsed);
			return rehearsed.proxy();
		});
	}

	/**
	 * Begins a course.
	 */
	void begin(Course course, RehearsedApplication application) {
		this.lossy = new Lossy(course, application);
	}

	/**
	 * Ends the course: nothing is lost any more.
	 */
	void end() {
		this.lossy = null;
	}

	private @Nullable Object reach(Node node, Kind kind, @Nullable String sql, Call call) throws Throwable {
		Lossy current = this.lossy;
		if (current == null || !CallerStack.isThroughPool()) {
			return call.execute();
		}
		Moment moment = current.course().add(kind, current.application().caller(), sql);
		if (moment == null) {
			return call.execute();
		}
		if (moment == Moment.BEFORE) {
			lose(node, current.application());
			throw lost();
		}
		try {
			Object result = call.execute();
			if (moment == Moment.AFTER) {
				return result;
			}
		}
		catch (SQLException ex) {
			if (moment == Moment.AFTER) {
				throw ex;
			}
		}
		finally {
			lose(node, current.application());
		}
		throw lost();
	}

	/**
	 * Retires the idle connections of a pool, so that none is handed out any more, and
	 * aborts those in use.
	 */
	private void lose(Node node, RehearsedApplication application) {
		application.retire(node);
		this.connections.getOrDefault(node, List.of()).forEach(RehearsedConnection::abortIfUsed);
	}

	private static SQLException lost() {
		return new SQLException("The node was lost by a rehearsal (@FailoverTest)", "08006");
	}

	/**
	 * Call of a driver.
	 */
	@FunctionalInterface
	interface Call {

		@Nullable Object execute() throws Throwable;

	}

	/**
	 * Told of each statement and commit.
	 */
	@FunctionalInterface
	interface Points {

		@Nullable Object reach(Kind kind, @Nullable String sql, Call call) throws Throwable;

	}

	/**
	 * The course under way.
	 */
	private record Lossy(Course course, RehearsedApplication application) {

	}

}
