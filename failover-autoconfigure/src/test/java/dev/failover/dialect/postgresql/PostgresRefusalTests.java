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
 * Tests for sessions that are made to refuse writes.
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
	 * pgBouncer tells its clients process numbers of its own.
	 */
	@Test
	void aSessionBehindAPoolerIsNotChanged() throws SQLException {
		new PostgresDialect().refuseWrites(session(1));
		assertThat(this.executed).isEmpty();
	}

	/**
	 * A session of the process {@value #PROCESS}.
	 * @param told the process that the driver was told of
	 */
	private Connection session(int told) {
		ResultSet row = proxy(ResultSet.class, "getInt", PROCESS);
		Statement statement = (Statement) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Statement.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "executeQuery" -> row;
					case "execute" -> this.executed.add((String) arguments[0]);
					default -> null;
				});
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Connection.class, Backend.class },
				(proxy, method, arguments) -> method.getName().equals("getBackendPID") ? told : statement);
	}

	private static <T> T proxy(Class<T> type, String name, Object answer) {
		return type.cast(Proxy.newProxyInstance(PostgresRefusalTests.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> method.getName().equals(name) ? answer
						: (method.getReturnType() == boolean.class) ? Boolean.TRUE : null));
	}

	/**
	 * Methods of pgjdbc's connections beside those of JDBC.
	 */
	interface Backend {

		int getBackendPID();

	}

}
