package dev.failover.dialect.postgresql;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PostgresDialect#refuseWrites}.
 */
final class PostgresRefusalTests {

	private static final int PROCESS = 4711;

	private static final String REFUSE = "set session characteristics as transaction read only";

	private final List<String> executed = new ArrayList<>();

	@Test
	void aSessionThatIsNotSharedRefusesWrites() throws SQLException {
		new PostgresDialect().refuseWrites(session(PROCESS));
		assertThat(this.executed).containsExactly(REFUSE);
	}

	/**
	 * pgBouncer announces its own process numbers to clients, not those of the server.
	 */
	@Test
	void aSessionBehindAPoolerIsNotChanged() throws SQLException {
		new PostgresDialect().refuseWrites(session(1));
		assertThat(this.executed).isEmpty();
	}

	/**
	 * Returns a session that the process {@value #PROCESS} serves.
	 * @param announced process number that the driver received at login
	 */
	private Connection session(int announced) {
		ResultSet row = proxy(ResultSet.class, "getInt", PROCESS);
		Statement statement = (Statement) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Statement.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "executeQuery" -> row;
					case "execute" -> this.executed.add((String) arguments[0]);
					default -> null;
				});
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Connection.class, Backend.class },
				(proxy, method, arguments) -> method.getName().equals("getBackendPID") ? announced : statement);
	}

	private static <T> T proxy(Class<T> type, String name, Object answer) {
		return type.cast(Proxy.newProxyInstance(PostgresRefusalTests.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> method.getName().equals(name) ? answer
						: (method.getReturnType() == boolean.class) ? Boolean.TRUE : null));
	}

	/**
	 * Method of pgjdbc's connections that JDBC does not have.
	 */
	interface Backend {

		int getBackendPID();

	}

}
