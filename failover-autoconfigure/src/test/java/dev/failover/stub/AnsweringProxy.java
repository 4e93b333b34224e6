package dev.failover.stub;

import java.lang.reflect.Proxy;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Makes stubs of the interfaces of JDBC. Each is equal to itself only.
 */
public final class AnsweringProxy {

	private AnsweringProxy() {
	}

	/**
	 * Returns an object whose calls are answered.
	 */
	public static <T> T of(Class<T> type, Calls calls) {
		Object identity = new Object();
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "hashCode" -> identity.hashCode();
					case "equals" -> proxy == arguments[0];
					default -> calls.answer(method.getName(), (arguments != null) ? arguments : new Object[0]);
				}));
	}

	/**
	 * Answers the calls of a proxy.
	 */
	public interface Calls {

		@Nullable Object answer(String method, Object[] arguments) throws SQLException;

	}

}
