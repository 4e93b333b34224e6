package dev.failover.embedded;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a pair.
 *
 * @param database name of the database
 * @param username name of the application's role, which owns the database
 * @param password its password
 * @param grantMonitoring whether that role may see all that {@code pg_monitor} sees
 * @param synchronous whether commits wait for the standby while it streams
 * @param manager settings of the failover manager, if there is one
 * @param server the user's own settings of both servers
 * @param environments variables of each node's server processes, by its name
 * @param closeOnExit whether the pair is closed when the JVM exits
 */
record PairSettings(String database, String username, String password, boolean grantMonitoring, boolean synchronous,
		@Nullable ManagerSettings manager, Map<String, String> server, Map<String, Map<String, String>> environments,
		boolean closeOnExit) {

	PairSettings {
		require(database, "database");
		require(username, "username");
		server = Map.copyOf(server);
		environments = Map.copyOf(environments);
		environments.forEach(PairSettings::requireEnvironment);
	}

	private static void require(String name, String what) {
		if (name.isBlank() || name.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("Not a name of a " + what + ": '" + name + "'");
		}
		if (name.equals(Superuser.NAME)) {
			throw new IllegalArgumentException(
					"The " + what + " '" + name + "' is PostgreSQL's own: take another name");
		}
	}

	private static void requireEnvironment(String node, Map<String, String> variables) {
		if (!node.equals(PairBootstrap.PRIMARY) && !node.equals(PairBootstrap.MIRROR)) {
			throw new IllegalArgumentException("There is no node '" + node + "'");
		}
		for (String name : variables.keySet()) {
			if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
				throw new IllegalArgumentException("Not a name of an environment variable: '" + name + "'");
			}
		}
	}

	@Override
	public String toString() {
		return this.username + "@" + this.database;
	}

}
