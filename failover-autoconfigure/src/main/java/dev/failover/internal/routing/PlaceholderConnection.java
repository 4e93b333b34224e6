package dev.failover.internal.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Connection without a server, given to the pool of a quarantined node so that its
 * waiters are released at once. It satisfies the pool, which sets it up and validates it,
 * and refuses every other call. The router recognizes it and never hands it out.
 * Thread-safe.
 */
final class PlaceholderConnection implements InvocationHandler {

	private static final Set<String> IGNORED = Set.of("clearWarnings", "getWarnings", "beginRequest", "endRequest",
			"commit", "rollback");

	private final SessionDefaults defaults;

	private final Set<String> poolStatements;

	private final Runnable onClose;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final Map<String, @Nullable Object> properties = new HashMap<>();

	private PlaceholderConnection(SessionDefaults defaults, Set<String> poolStatements, Runnable onClose) {
		this.defaults = defaults;
		this.poolStatements = poolStatements;
		this.onClose = onClose;
	}

	/**
	 * Opens a placeholder.
	 * @param poolStatements statements of the pool for set-up and validation: the only
	 * ones that do not fail
	 * @param onClose called once, when the placeholder is closed
	 */
	static Connection open(SessionDefaults defaults, Set<String> poolStatements, Runnable onClose) {
		PlaceholderConnection handler = new PlaceholderConnection(defaults, poolStatements, onClose);
		return (Connection) Proxy.newProxyInstance(PlaceholderConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, handler);
	}

	/**
	 * Returns whether a pooled connection is a placeholder.
	 */
	static boolean isPlaceholder(Connection connection) throws SQLException {
		return connection.isWrapperFor(PlaceholderConnection.class);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
		String name = method.getName();
		if (IGNORED.contains(name)) {
			return null;
		}
		return switch (name) {
			case "close", "abort" -> close();
			case "isClosed" -> this.closed.get();
			case "isValid" -> !this.closed.get();
			case "isWrapperFor" -> argument(arguments) == PlaceholderConnection.class;
			case "unwrap" -> proxy;
			case "createStatement" -> statement();
			case "toString" -> "placeholder connection";
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> proxy == argument(arguments);
			default -> property(name, arguments);
		};
	}

	private @Nullable Object close() {
		if (this.closed.compareAndSet(false, true)) {
			this.onClose.run();
		}
		return null;
	}

	private synchronized @Nullable Object property(String method, Object @Nullable [] arguments) throws SQLException {
		return switch (method) {
			case "setAutoCommit", "setReadOnly", "setTransactionIsolation", "setCatalog", "setSchema" ->
				this.properties.put(method.substring(3), argument(arguments));
			case "setNetworkTimeout" ->
				(arguments != null) ? this.properties.put("NetworkTimeout", arguments[1]) : null;
			case "getAutoCommit" -> this.properties.getOrDefault("AutoCommit", true);
			case "isReadOnly" -> this.properties.getOrDefault("ReadOnly", false);
			case "getTransactionIsolation" ->
				this.properties.getOrDefault("TransactionIsolation", this.defaults.transactionIsolation());
			case "getNetworkTimeout" ->
				this.properties.getOrDefault("NetworkTimeout", this.defaults.networkTimeoutMillis());
			case "getCatalog" -> this.properties.get("Catalog");
			case "getSchema" -> this.properties.get("Schema");
			default -> throw refusal();
		};
	}

	private Statement statement() {
		InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
			case "close", "setQueryTimeout" -> null;
			case "execute" -> execute(argument(arguments));
			default -> throw refusal();
		};
		return (Statement) Proxy.newProxyInstance(PlaceholderConnection.class.getClassLoader(),
				new Class<?>[] { Statement.class }, handler);
	}

	private boolean execute(@Nullable Object sql) throws SQLException {
		if (sql instanceof String text && this.poolStatements.contains(text)) {
			return false;
		}
		throw refusal();
	}

	private static @Nullable Object argument(Object @Nullable [] arguments) {
		return (arguments != null && arguments.length > 0) ? arguments[0] : null;
	}

	private static SQLException refusal() {
		return new SQLTransientConnectionException(
				"The route has left this node; this placeholder connection has no server", "08003");
	}

}
