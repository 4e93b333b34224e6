package dev.failover.embedded;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address in front of the nodes of an {@link EmbeddedPair} that follows a role, as a
 * Kubernetes Service or a proxy such as HAProxy does. Safe for use by several threads.
 * <p>
 * New connections lead to the nodes whose servers have the role, the endpoints, in turn.
 * The roles are asked of the servers every few milliseconds, past the links; a server
 * that does not answer for three seconds has no role. The connections pass through the
 * links of the nodes, so that the faults of a link affect them. While there is no
 * endpoint, new connections are refused. Open connections stay where they are unless
 * {@link Builder#shutdownSessions(boolean)} is set.
 */
public final class EmbeddedService implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedService.class);

	private final Settings settings;

	private final ServiceEndpoints endpoints;

	private final TcpLink link;

	private final String jdbcUrl;

	private final PairServices services;

	private @Nullable List<String> applied;

	EmbeddedService(Settings settings, ServiceEndpoints endpoints, TcpLink link, String jdbcUrl,
			PairServices services) {
		this.settings = settings;
		this.endpoints = endpoints;
		this.link = link;
		this.jdbcUrl = jdbcUrl;
		this.services = services;
	}

	/**
	 * Return the role of the servers to which the service leads.
	 * @return the role
	 */
	public ServiceRole role() {
		return this.settings.role();
	}

	/**
	 * Return the URL of the pair's database at this service.
	 * @return a JDBC URL without credentials
	 */
	public String jdbcUrl() {
		return this.jdbcUrl;
	}

	/**
	 * Return the port of the service.
	 * @return the port, which stays the same
	 */
	public int port() {
		return this.link.port();
	}

	/**
	 * Return the nodes to which new connections lead.
	 * @return the nodes in the order of the pair's, empty if new connections are refused
	 */
	public synchronized List<EmbeddedNode> endpoints() {
		List<String> names = this.endpoints.current();
		return this.services.nodes().stream().filter((node) -> names.contains(node.name())).toList();
	}

	/**
	 * Lead new connections to the given nodes, whatever their roles are, until
	 * {@link #followRole()}. Takes effect at once.
	 * @param nodes nodes of the pair; several take turns
	 * @throws IllegalArgumentException if no node is given or one belongs to another pair
	 */
	public void pointTo(EmbeddedNode... nodes) {
		if (nodes.length == 0 || !this.services.nodes().containsAll(List.of(nodes))) {
			throw new IllegalArgumentException(
					"Not nodes of the pair " + this.services.nodes() + ": " + Arrays.toString(nodes));
		}
		setEndpoints(Arrays.stream(nodes).map(EmbeddedNode::name).toList());
	}

	/**
	 * Refuse new connections, as if there were no endpoint, until {@link #followRole()}.
	 * Takes effect at once.
	 */
	public void withdrawEndpoints() {
		setEndpoints(List.of());
	}

	private synchronized void setEndpoints(List<String> nodes) {
		this.endpoints.set(nodes);
		apply();
	}

	/**
	 * Let the endpoints follow the role again, after {@link #pointTo(EmbeddedNode...)} or
	 * {@link #withdrawEndpoints()}.
	 */
	public synchronized void followRole() {
		this.endpoints.followRole();
		apply();
	}

	/**
	 * Pass on the roles of the servers.
	 * @param roles the roles, by the name of the node, without nodes that do not answer
	 */
	synchronized void update(Map<String, ServiceRole> roles) {
		this.endpoints.observe(roles, System.nanoTime());
		apply();
	}

	private void apply() {
		List<String> current = this.endpoints.current();
		if (!current.equals(this.applied)) {
			this.link.targets(endpoints().stream().map(EmbeddedNode::port).toList(), this.settings.shutdownSessions());
			this.applied = current;
			logger.info("{} leads to {}", this, current.isEmpty() ? "no node" : current);
		}
	}

	/**
	 * Close the service: reset its connections and free its port. Does nothing if it is
	 * closed. Closing the pair closes its services.
	 */
	@Override
	public void close() {
		this.link.close();
		this.services.remove(this);
	}

	@Override
	public String toString() {
		return "Service " + role() + " (" + this.jdbcUrl + ")";
	}

	/**
	 * Settings of a service.
	 *
	 * @param role role of the servers
	 * @param endpointDelay time by which the endpoints are late
	 * @param shutdownSessions whether open connections to a node are reset when it is no
	 * endpoint any more
	 */
	record Settings(ServiceRole role, Duration endpointDelay, boolean shutdownSessions) {

	}

	/**
	 * A builder of a service.
	 */
	public static final class Builder {

		private final PairServices services;

		private final ServiceRole role;

		private Duration endpointDelay = Duration.ZERO;

		private boolean shutdownSessions;

		Builder(PairServices services, ServiceRole role) {
			this.services = services;
			this.role = Objects.requireNonNull(role);
		}

		/**
		 * Set the time by which the endpoints follow the role late: so long after a node
		 * has lost the role, new connections still lead to it. Default: none.
		 * @param endpointDelay the time
		 * @return this builder
		 */
		public Builder endpointDelay(Duration endpointDelay) {
			this.endpointDelay = Objects.requireNonNull(endpointDelay);
			return this;
		}

		/**
		 * Set whether open connections to a node are reset when it is no endpoint any
		 * more, as with {@code on-marked-down shutdown-sessions} in HAProxy. Otherwise
		 * they stay where they are, as in Kubernetes. Default: {@code false}.
		 * @param shutdownSessions whether they are reset
		 * @return this builder
		 */
		public Builder shutdownSessions(boolean shutdownSessions) {
			this.shutdownSessions = shutdownSessions;
			return this;
		}

		/**
		 * Start the service. Its endpoints are known when this method returns.
		 * @return the running service
		 * @throws IllegalArgumentException if the delay is negative
		 * @throws IllegalStateException if the pair is closed
		 */
		public EmbeddedService start() {
			return this.services.start(new Settings(this.role, this.endpointDelay, this.shutdownSessions));
		}

	}

}
