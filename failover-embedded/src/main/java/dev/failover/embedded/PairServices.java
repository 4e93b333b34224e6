package dev.failover.embedded;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * The services of a pair. The roles of the servers are read as long as there is a
 * service. Safe for use by several threads.
 */
final class PairServices implements AutoCloseable {

	private final List<GroupMember> members;

	private final List<EmbeddedNode> nodes;

	private final String database;

	private final List<EmbeddedService> services = new CopyOnWriteArrayList<>();

	private @Nullable EndpointController controller;

	private boolean closed;

	PairServices(List<GroupMember> members, List<EmbeddedNode> nodes, String database) {
		this.members = members;
		this.nodes = nodes;
		this.database = database;
	}

	/**
	 * Return the nodes to which a service can lead.
	 * @return the nodes
	 */
	List<EmbeddedNode> nodes() {
		return this.nodes;
	}

	/**
	 * Start a service.
	 * @param settings the settings of the service
	 * @return the running service
	 * @throws IllegalStateException if the pair is closed
	 */
	synchronized EmbeddedService start(EmbeddedService.Settings settings) {
		if (this.closed) {
			throw new IllegalStateException("The pair is closed");
		}
		EndpointController running = runningController();
		ServiceEndpoints endpoints = new ServiceEndpoints(settings.role(), settings.endpointDelay());
		try {
			TcpLink link = TcpLink.open("service");
			EmbeddedService service = new EmbeddedService(settings, endpoints, link,
					JdbcUrls.url(link.port(), this.database), this);
			service.update(running.roles());
			this.services.add(service);
			return service;
		}
		catch (IOException ex) {
			throw new EmbeddedPostgresException("The service did not start: " + ex.getMessage(), ex);
		}
	}

	private EndpointController runningController() {
		EndpointController running = this.controller;
		if (running == null) {
			running = EndpointController.start(this.members, this::update);
			this.controller = running;
		}
		running.awaitRoles();
		return running;
	}

	private void update(Map<String, ServiceRole> roles) {
		this.services.forEach((service) -> service.update(roles));
	}

	/**
	 * Forget a service that is closed.
	 * @param service the service
	 */
	synchronized void remove(EmbeddedService service) {
		this.services.remove(service);
		if (this.services.isEmpty()) {
			closeController();
		}
	}

	private void closeController() {
		if (this.controller != null) {
			this.controller.close();
			this.controller = null;
		}
	}

	/**
	 * Close all services and refuse new ones.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.services.forEach(EmbeddedService::close);
		closeController();
	}

}
