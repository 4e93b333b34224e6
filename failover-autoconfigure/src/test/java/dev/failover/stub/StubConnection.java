package dev.failover.stub;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A connection to a {@link StubServer}. Thread-safe.
 */
final class StubConnection implements InvocationHandler {

	/** What a session of the server has that nobody touched. */
	static final int NETWORK_TIMEOUT = 5_000;

	private final StubServer server;

	private final CountDownLatch end = new CountDownLatch(1);

	private final Map<String, Object> properties = new ConcurrentHashMap<>(Map.of("AutoCommit", true, "ReadOnly", false,
			"TransactionIsolation", Connection.TRANSACTION_REPEATABLE_READ, "NetworkTimeout", NETWORK_TIMEOUT));

	private volatile boolean silent;

	StubConnection(StubServer server) {
		this.server = server;
	}

	Connection proxy() {
		return (Connection) proxy(Connection.class, this);
	}

	boolean ended() {
		return this.end.getCount() == 0;
	}

	void end() {
		this.end.countDown();
	}

	boolean silent() {
		return this.silent;
	}

	void silence() {
		this.silent = true;
	}

	void awaitEnd() throws SQLException {
		try {
			if (!this.end.await(1, TimeUnit.MINUTES)) {
				throw new SQLException("read timed out", "08006");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("interrupted", "08006", ex);
		}
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
		String name = method.getName();
		return switch (name) {
			case "close", "abort" -> end(name.equals("abort"));
			case "isClosed" -> ended();
			case "isValid" -> isValid();
			case "createStatement" -> statement(proxy);
			case "commit", "rollback" -> execute(name);
			case "clearWarnings", "getWarnings", "setCatalog", "getCatalog", "setSchema", "getSchema" -> null;
			case "isWrapperFor" -> false;
			case "getMetaData" -> throw new SQLException("not in this stub", "0A000");
			case "toString" -> "connection to " + this.server.url();
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> arguments != null && proxy == arguments[0];
			default -> property(name, arguments);
		};
	}

	private @Nullable Object end(boolean aborted) {
		end();
		this.server.ended(this, aborted);
		return null;
	}

	private boolean isValid() {
		try {
			this.server.execute(this, "ping");
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private @Nullable Object execute(String sql) throws SQLException {
		this.server.execute(this, sql);
		return null;
	}

	private @Nullable Object property(String method, Object @Nullable [] arguments) {
		String property = method.replaceFirst("^(get|set|is)", "");
		if (method.startsWith("set") && arguments != null) {
			this.properties.put(property, arguments[arguments.length - 1]);
			return null;
		}
		Object value = this.properties.get(property);
		if (value == null) {
			throw new UnsupportedOperationException(method);
		}
		return value;
	}

	private Statement statement(Object connection) {
		return (Statement) proxy(Statement.class, (proxy, method, arguments) -> switch (method.getName()) {
			case "execute" -> {
				this.server.execute(this, (String) arguments[0]);
				yield true;
			}
			case "close", "setQueryTimeout", "clearWarnings", "getWarnings" -> null;
			case "isClosed" -> ended();
			case "getConnection" -> connection;
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> proxy == arguments[0];
			default -> throw new UnsupportedOperationException(method.getName());
		});
	}

	private static Object proxy(Class<?> type, InvocationHandler handler) {
		return Proxy.newProxyInstance(StubConnection.class.getClassLoader(), new Class<?>[] { type }, handler);
	}

}
