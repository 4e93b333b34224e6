package dev.failover.embedded;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL primary and its streaming hot standby, which live as long as this object.
 * Safe for use by several threads.
 * <p>
 * Nothing has to be installed. The servers listen on free ports of the loopback
 * interface, keep their data in a temporary directory, and end with the JVM, even if that
 * is killed; what a killed JVM leaves on disk is removed by the next start. Servers run
 * with {@code fsync=off}: what was committed survives the loss of processes, which is
 * what this class is for, not that of the machine.
 */
public final class EmbeddedPair implements AutoCloseable {

	private final PairSettings settings;

	private final PairLifecycle lifecycle;

	private EmbeddedPair(PairSettings settings, PairLifecycle lifecycle) {
		this.settings = settings;
		this.lifecycle = lifecycle;
	}

	/**
	 * Return the settings of a new pair.
	 * @return a builder with all defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Start a pair with all defaults.
	 * @return a pair that replicates
	 * @throws MissingBinariesException if the class path has no binaries for this
	 * platform
	 * @throws EmbeddedPostgresException if the servers do not start
	 */
	public static EmbeddedPair start() {
		return builder().start();
	}

	/**
	 * Return the node named {@code primary}, at first the primary.
	 * @return the node, whatever its role has become
	 */
	public EmbeddedNode primary() {
		return nodes().get(0);
	}

	/**
	 * Return the node named {@code mirror}, at first the hot standby.
	 * @return the node, whatever its role has become
	 */
	public EmbeddedNode mirror() {
		return nodes().get(1);
	}

	/**
	 * Return a node.
	 * @param name its name
	 * @return the node
	 * @throws IllegalArgumentException if there is no such node
	 */
	public EmbeddedNode node(String name) {
		return this.lifecycle.node(name);
	}

	/**
	 * Return all nodes.
	 * @return {@code primary}, then {@code mirror}
	 */
	public List<EmbeddedNode> nodes() {
		return this.lifecycle.nodes();
	}

	/**
	 * Return the name of the application's role. It owns the database and is no
	 * superuser.
	 * @return the name
	 */
	public String username() {
		return this.settings.username();
	}

	/**
	 * Return the password of the application's role.
	 * @return the password
	 */
	public String password() {
		return this.settings.password();
	}

	/**
	 * Return the name of the database.
	 * @return the name
	 */
	public String database() {
		return this.settings.database();
	}

	/**
	 * Return the failover manager.
	 * @return the manager, empty unless {@link Builder#promoteAfter(Duration)} was set
	 */
	public Optional<FailoverManager> manager() {
		return this.lifecycle.manager();
	}

	/**
	 * End both servers, whatever state they are in, and remove their data. Does nothing
	 * if the pair is closed.
	 */
	@Override
	public void close() {
		this.lifecycle.close();
	}

	@Override
	public String toString() {
		return "PostgreSQL pair " + this.settings + " " + nodes();
	}

	/**
	 * Settings of a new pair.
	 */
	public static final class Builder {

		private String database = "app";

		private String username = "app";

		private String password = UUID.randomUUID().toString();

		private boolean grantMonitoring = true;

		private boolean synchronous;

		private @Nullable Duration promoteAfter;

		private boolean fencing = true;

		private final Map<String, String> server = new LinkedHashMap<>();

		private final Map<String, Map<String, String>> environments = new LinkedHashMap<>();

		private boolean closeOnExit = true;

		Builder() {
		}

		/**
		 * Set the name of the database. Default: {@code app}.
		 * @param database the name
		 * @return this builder
		 */
		public Builder database(String database) {
			this.database = Objects.requireNonNull(database);
			return this;
		}

		/**
		 * Set the name of the application's role, which owns the database. Default:
		 * {@code app}.
		 * @param username the name
		 * @return this builder
		 */
		public Builder username(String username) {
			this.username = Objects.requireNonNull(username);
			return this;
		}

		/**
		 * Set the password of the application's role. Default: made up for each pair.
		 * @param password the password
		 * @return this builder
		 */
		public Builder password(String password) {
			this.password = Objects.requireNonNull(password);
			return this;
		}

		/**
		 * Set whether the application's role is granted {@code pg_monitor}, with which it
		 * sees all of the replication statistics. Default: {@code true}.
		 * @param grantMonitoring whether to grant it
		 * @return this builder
		 */
		public Builder grantMonitoring(boolean grantMonitoring) {
			this.grantMonitoring = grantMonitoring;
			return this;
		}

		/**
		 * Set whether commits wait for the standby, in the way of Patroni's non-strict
		 * synchronous mode: while the standby streams they do; when it is gone, commits
		 * go on alone after about a second at most. A failover manager then promotes only
		 * a standby that has everything. Default: {@code false}.
		 * @param synchronous whether they wait
		 * @return this builder
		 */
		public Builder synchronous(boolean synchronous) {
			this.synchronous = synchronous;
			return this;
		}

		/**
		 * Play the database's own {@link FailoverManager failover manager}. Default:
		 * none.
		 * @param promoteAfter how long the leader is missed before the other node is
		 * promoted, {@code null} for no manager
		 * @return this builder
		 */
		public Builder promoteAfter(@Nullable Duration promoteAfter) {
			this.promoteAfter = promoteAfter;
			return this;
		}

		/**
		 * Set whether the failover manager keeps a deposed leader from waking up. Off, a
		 * frozen leader that thaws after the promotion splits the pair. Default:
		 * {@code true}.
		 * @param fencing whether to fence
		 * @return this builder
		 */
		public Builder fencing(boolean fencing) {
			this.fencing = fencing;
			return this;
		}

		/**
		 * Set a server setting, as in {@code postgresql.conf}, for both nodes.
		 * @param name name of the setting
		 * @param value its value
		 * @return this builder
		 */
		public Builder setting(String name, String value) {
			if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
				throw new IllegalArgumentException("Not a name of a setting: '" + name + "'");
			}
			this.server.put(name, Objects.requireNonNull(value));
			return this;
		}

		/**
		 * Set environment variables for the server processes of one node, on top of those
		 * of this JVM. Default: none.
		 * @param node name of the node, {@code primary} or {@code mirror}
		 * @param variables the variables, instead of any set before for that node
		 * @return this builder
		 */
		public Builder environment(String node, Map<String, String> variables) {
			this.environments.put(node, Map.copyOf(variables));
			return this;
		}

		/**
		 * Set whether the pair is closed when the JVM exits. Turn it off if something
		 * else closes the pair then, in an order of its own. Default: {@code true}.
		 * @param closeOnExit whether to close
		 * @return this builder
		 */
		public Builder closeOnExit(boolean closeOnExit) {
			this.closeOnExit = closeOnExit;
			return this;
		}

		/**
		 * Start the pair, and wait until it replicates.
		 * @return the running pair
		 * @throws MissingBinariesException if the class path has no binaries for this
		 * platform
		 * @throws EmbeddedPostgresException if the servers do not start
		 */
		public EmbeddedPair start() {
			ManagerSettings manager = (this.promoteAfter != null) ? new ManagerSettings(this.promoteAfter, this.fencing)
					: null;
			PairSettings settings = new PairSettings(this.database, this.username, this.password, this.grantMonitoring,
					this.synchronous, manager, this.server, this.environments, this.closeOnExit);
			return new EmbeddedPair(settings, PairLifecycle.start(settings));
		}

	}

}
