package dev.failover.dialect.postgresql;

import java.sql.Connection;

import org.jspecify.annotations.Nullable;

/**
 * Process of the server that serves a session, as announced at login. A pooler announces
 * numbers of its own, because it may lend one session of the server to many clients.
 */
final class BackendProcess {

	private BackendProcess() {
	}

	/**
	 * Returns the number of the process that was announced at login, or null if the
	 * driver does not tell it. Uses reflection, as the driver is not on the compile class
	 * path.
	 */
	static @Nullable Long announced(Connection connection) {
		try {
			Object number = connection.getClass().getMethod("getBackendPID").invoke(connection);
			return (number instanceof Integer process) ? process.longValue() : null;
		}
		catch (ReflectiveOperationException ex) {
			// it is not pgjdbc
			return null;
		}
	}

}
