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
 * A running PostgreSQL primary and its streaming hot standby, the mirror, or several
 * mirrors. Safe for use by several threads.
 * <p>
 * The nodes are named {@code primary} and {@code mirror}; several mirrors are named
 * {@code mirror1}, {@code mirror2} and so on. Each mirror streams under its name as
 * {@code application_name}.
 * <p>
 * PostgreSQL need not be installed. The servers listen on free ports of the loopback
 * interface and keep their data in a temporary directory. They end when the pair is
 * closed or the JVM ends, even if the JVM is killed; files that a killed JVM leaves are
 * removed by the next start. Servers run with {@code fsync=off}: committed changes
 * survive the loss of a process, but not a crash of the machine.
 */
public final class EmbeddedPair implements AutoCloseable {

	private final PairSettings settings;

	private final PairLifecycle lifecycle;

	private EmbeddedPair(PairSettings settings, PairLifecycle lifecycle) {
		this.settings = settings;
		this.lifecycle = lifecycle;
	}

	/**
	 * Return a builder of a pair.
	 * @return a builder with default settings
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Start a pair with default settings.
	 * @return the running pair, which replicates
	 * @throws MissingBinariesException if the class path has no binaries for this
	 * platform
	 * @throws EmbeddedPostgresException if a server does not start
	 */
	public static EmbeddedPair start() {
		return builder().start();
	}

	/**
	 * Return the node named {@code primary}, which is the primary at first.
	 * @return the node, whatever its role has become
	 */
	public EmbeddedNode primary() {
		return node("primary");
	}

	/**
	 * Return the first mirror, which is a hot standby at first: the node named
	 * {@code mirror}, or {@code mirror1} if there are several.
	 * @return the node, whatever its role has become
	 */
	public EmbeddedNode mirror() {
		return mirrors().get(0);
	}

	/**
	 * Return the mirrors, which are hot standbys of the primary at first.
	 * @return the nodes, whatever their roles have become, in the order of their names
	 */
	public List<EmbeddedNode> mirrors() {
		return nodes().subList(1, nodes().size());
	}

	/**
	 * Return a node.
	 * @param name name of the node
	 * @return the node
	 * @throws IllegalArgumentException if there is no such node
	 */
	public EmbeddedNode node(String name) {
		return this.lifecycle.node(name);
	}

	/**
	 * Return all nodes.
	 * @return the nodes, the one named {@code primary} first, then the mirrors
	 */
	public List<EmbeddedNode> nodes() {
		return this.lifecycle.nodes();
	}

	/**
	 * Return the name of the application's role, which owns the database and is not a
	 * superuser.
	 * @return the name of the role
	 */
	public String username() {
		return this.settings.database().username();
	}

	/**
	 * Return the password of the application's role.
	 * @return the password
	 */
	public String password() {
		return this.settings.database().password();
	}

	/**
	 * Return the name of the database.
	 * @return the name
	 */
	public String database() {
		return this.settings.database().name();
	}

	/**
	 * Return the failover manager.
	 * @return the manager, empty unless {@link Builder#promoteAfter(Duration)} was set
	 */
	public Optional<FailoverManager> manager() {
		return this.lifecycle.manager();
	}

	/**
	 * Return a builder of a service: an address that leads to the nodes that have a role.
	 * @param role the role
	 * @return a builder with default settings
	 */
	public EmbeddedService.Builder service(ServiceRole role) {
		return new EmbeddedService.Builder(this.lifecycle.services(), role);
	}

	/**
	 * End all servers, whatever their state, and remove their data. Does nothing if the
	 * pair is closed.
	 */
	@Override
	public void close() {
		this.lifecycle.close();
	}

	@Override
	public String toString() {
		return "Embedded PostgreSQL pair " + this.settings + " " + nodes();
	}

	/**
	 * A builder of a pair.
	 */
	public static final class Builder {

		private String database = "app";

		private String username = "app";

		private String password = UUID.randomUUID().toString();

		private boolean grantMonitoring = true;

		private int mirrors = 1;

		private boolean synchronous;

		private @Nullable Duration promoteAfter;

		private boolean fencing = true;

		private final Map<String, String> parameters = new LinkedHashMap<>();

		private final Map<String, Map<String, String>> environments = new LinkedHashMap<>();

		private boolean closeOnExit = true;

		private Builder() {
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
		 * Set the password of the application's role. Default: generated for each pair.
		 * @param password the password
		 * @return this builder
		 */
		public Builder password(String password) {
			this.password = Objects.requireNonNull(password);
			return this;
		}

		/**
		 * Set whether the application's role is granted {@code pg_monitor}, so that it
		 * can read all replication statistics. Default: {@code true}.
		 * @param grantMonitoring whether it is granted
		 * @return this builder
		 */
		public Builder grantMonitoring(boolean grantMonitoring) {
			this.grantMonitoring = grantMonitoring;
			return this;
		}

		/**
		 * Set the number of mirrors. Default: 1.
		 * @param mirrors the number, at least 1
		 * @return this builder
		 */
		public Builder mirrors(int mirrors) {
			this.mirrors = mirrors;
			return this;
		}

		/**
		 * Set whether commits wait for a standby, as in Patroni's non-strict synchronous
		 * mode with one synchronous standby: they wait while the standby streams, and are
		 * acknowledged without it within about a second when it is lost; then they wait
		 * for another standby, if there is one. A failover manager promotes only a
		 * standby that has every acknowledged commit. Default: {@code false}.
		 * @param synchronous whether commits wait
		 * @return this builder
		 */
		public Builder synchronous(boolean synchronous) {
			this.synchronous = synchronous;
			return this;
		}

		/**
		 * Run a {@link FailoverManager}, which promotes a standby when the leader is
		 * lost. Default: none.
		 * @param promoteAfter time without a leader after which a standby is promoted,
		 * {@code null} for no manager
		 * @return this builder
		 */
		public Builder promoteAfter(@Nullable Duration promoteAfter) {
			this.promoteAfter = promoteAfter;
			return this;
		}

		/**
		 * Set whether the failover manager kills a deposed leader that would resume as a
		 * primary. Without fencing, a leader that was frozen and thaws after the
		 * promotion causes a split brain. Default: {@code true}.
		 * @param fencing whether deposed leaders are fenced
		 * @return this builder
		 */
		public Builder fencing(boolean fencing) {
			this.fencing = fencing;
			return this;
		}

		/**
		 * Set a configuration parameter of all servers, as in {@code postgresql.conf}.
		 * @param name name of the parameter
		 * @param value value of the parameter
		 * @return this builder
		 */
		public Builder setting(String name, String value) {
			PairSettings.ServerSettings.requireParameter(name);
			this.parameters.put(name, Objects.requireNonNull(value));
			return this;
		}

		/**
		 * Set environment variables of the server processes of one node, in addition to
		 * those of this JVM. Default: none.
		 * @param node name of the node
		 * @param variables the variables, which replace those that were set before for
		 * the node
		 * @return this builder
		 */
		public Builder environment(String node, Map<String, String> variables) {
			this.environments.put(node, Map.copyOf(variables));
			return this;
		}

		/**
		 * Set whether the pair is closed when the JVM exits. Turn it off if the pair is
		 * closed by a shutdown hook of its user. Default: {@code true}.
		 * @param closeOnExit whether the pair is closed
		 * @return this builder
		 */
		public Builder closeOnExit(boolean closeOnExit) {
			this.closeOnExit = closeOnExit;
			return this;
		}

		/**
		 * Start the pair and wait until it replicates.
		 * @return the running pair
		 * @throws MissingBinariesException if the class path has no binaries for this
		 * platform
		 * @throws EmbeddedPostgresException if a server does not start
		 */
		public EmbeddedPair start() {
			AutomaticFailover.Settings failover = (this.promoteAfter != null)
					? new AutomaticFailover.Settings(this.promoteAfter, this.fencing) : null;
			PairSettings settings = new PairSettings(
					new PairSettings.DatabaseSettings(this.database, this.username, this.password,
							this.grantMonitoring),
					new PairSettings.ServerSettings(this.mirrors, this.parameters, this.environments), this.synchronous,
					failover, this.closeOnExit);
			return new EmbeddedPair(settings, PairLifecycle.start(settings));
		}

	}

}
