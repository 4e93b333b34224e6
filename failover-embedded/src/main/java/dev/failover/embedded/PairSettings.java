package dev.failover.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a pair.
 *
 * @param database settings of the database
 * @param server settings of the servers
 * @param synchronous whether commits wait for the standby while it streams
 * @param failover settings of the automatic failover, {@code null} for none
 * @param closeOnExit whether the pair is closed when the JVM exits
 */
record PairSettings(DatabaseSettings database, ServerSettings server, boolean synchronous,
		AutomaticFailover.@Nullable Settings failover, boolean closeOnExit) {

	@Override
	public String toString() {
		return this.database.toString();
	}

	/**
	 * Settings of the database.
	 *
	 * @param name name of the database
	 * @param username name of the application's role, which owns the database
	 * @param password password of that role
	 * @param grantMonitoring whether that role is granted {@code pg_monitor}
	 */
	record DatabaseSettings(String name, String username, String password, boolean grantMonitoring) {

		DatabaseSettings {
			requireName(name, "database");
			requireName(username, "username");
		}

		private static void requireName(String name, String kind) {
			if (name.isBlank() || name.indexOf('\0') >= 0) {
				throw new IllegalArgumentException("Not a valid " + kind + ": '" + name + "'");
			}
			if (name.equals(Superuser.NAME)) {
				throw new IllegalArgumentException(
						"The " + kind + " '" + name + "' is reserved by PostgreSQL: choose another one");
			}
		}

		@Override
		public String toString() {
			return this.username + "@" + this.name;
		}

	}

	/**
	 * Settings of the servers.
	 *
	 * @param mirrors number of mirrors, at least 1
	 * @param parameters configuration parameters of all servers, as in
	 * {@code postgresql.conf}
	 * @param environments environment variables of each node's server processes, by the
	 * name of the node
	 */
	record ServerSettings(int mirrors, Map<String, String> parameters, Map<String, Map<String, String>> environments) {

		ServerSettings {
			if (mirrors < 1) {
				throw new IllegalArgumentException("A pair has at least one mirror, not " + mirrors);
			}
			parameters = Map.copyOf(parameters);
			environments = Map.copyOf(environments);
			parameters.keySet().forEach(ServerSettings::requireParameter);
			List<String> nodes = nodes(mirrors);
			environments.forEach((node, variables) -> requireEnvironment(nodes, node, variables));
		}

		static void requireParameter(String name) {
			if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
				throw new IllegalArgumentException("Not a valid name of a setting: '" + name + "'");
			}
		}

		/**
		 * Return the names of the nodes.
		 * @return the names, the one of the node that is the primary at first in front
		 */
		List<String> nodes() {
			return nodes(this.mirrors);
		}

		private static List<String> nodes(int mirrors) {
			List<String> names = new ArrayList<>(List.of("primary"));
			for (int number = 1; number <= mirrors; number++) {
				names.add((mirrors == 1) ? "mirror" : "mirror" + number);
			}
			return List.copyOf(names);
		}

		private static void requireEnvironment(List<String> nodes, String node, Map<String, String> variables) {
			if (!nodes.contains(node)) {
				throw new IllegalArgumentException("There is no node '" + node + "', only " + nodes);
			}
			for (String name : variables.keySet()) {
				if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
					throw new IllegalArgumentException("Not a valid name of an environment variable: '" + name + "'");
				}
			}
		}

	}

}
