package dev.failover.embedded.test;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import dev.failover.embedded.test.LossPoint.Kind;
import dev.failover.embedded.test.RehearsedNodes.Points;
import org.jspecify.annotations.Nullable;

/**
 * Physical connection that tells of its statements and commits, and can be lost.
 * Thread-safe.
 */
final class RehearsedConnection implements InvocationHandler {

	private static final List<Class<?>> STATEMENTS = List.of(CallableStatement.class, PreparedStatement.class,
			Statement.class);

	private final Connection connection;

	private final Points points;

	private volatile boolean used;

	RehearsedConnection(Connection connection, Points points) {
		this.connection = connection;
		this.points = points;
	}

	Connection proxy() {
		return proxy(Connection.class, this);
	}

	boolean isClosed() {
		try {
			return this.connection.isClosed();
		}
		catch (SQLException ex) {
			return true;
		}
	}

	/**
	 * Aborts the connection if the pool has handed it out. One that the pool is still
	 * setting up is not aborted: a node that returns at once accepts it.
	 */
	void abortIfUsed() {
		if (this.used) {
			try {
				this.connection.abort(Runnable::run);
			}
			catch (SQLException ex) {
				// it is closed
			}
		}
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (method.getDeclaringClass() == Object.class) {
			return ofObject(this, proxy, method, arguments);
		}
		if (!this.used && CallerStack.isThroughPool()) {
			this.used = true;
		}
		if (method.getName().equals("commit")) {
			return this.points.reach(Kind.COMMIT, null, () -> call(this.connection, method, arguments));
		}
		Object result = call(this.connection, method, arguments);
		if (result instanceof Statement statement && STATEMENTS.contains(method.getReturnType())) {
			return proxy(method.getReturnType(), new RehearsedStatement(statement, sql(arguments)));
		}
		return result;
	}

	private static @Nullable String sql(Object @Nullable [] arguments) {
		return (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) ? sql : null;
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type
			.cast(Proxy.newProxyInstance(RehearsedConnection.class.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static @Nullable Object ofObject(Object handler, Object proxy, Method method, Object @Nullable [] arguments)
			throws Throwable {
		if (method.getName().equals("equals")) {
			return arguments != null && proxy == arguments[0];
		}
		return call(handler, method, arguments);
	}

	/**
	 * Statement that tells of its executions.
	 */
	private final class RehearsedStatement implements InvocationHandler {

		private final Statement statement;

		private final @Nullable String sql;

		RehearsedStatement(Statement statement, @Nullable String sql) {
			this.statement = statement;
			this.sql = sql;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
			if (method.getDeclaringClass() == Object.class) {
				return ofObject(this, proxy, method, arguments);
			}
			if (method.getName().startsWith("execute")) {
				String given = sql(arguments);
				return RehearsedConnection.this.points.reach(Kind.STATEMENT, (given != null) ? given : this.sql,
						() -> call(this.statement, method, arguments));
			}
			return call(this.statement, method, arguments);
		}

	}

}
