package dev.failover.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the roles of the servers periodically, past their links, and passes them to the
 * services. Each server is read on a thread of its own, so that one that does not answer
 * delays nothing. Safe for use by several threads.
 */
final class EndpointController implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EndpointController.class);

	private static final Duration PERIOD = Duration.ofMillis(20);

	/** Time without an answer after which a server is no endpoint. */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

	private static final long CLOSE_TIMEOUT_SECONDS = 10;

	private final List<ServerMonitor> monitors = new ArrayList<>();

	private final Map<String, Optional<ServiceRole>> roles = new ConcurrentHashMap<>();

	private final ScheduledExecutorService executor;

	private EndpointController(int threads) {
		this.executor = Executors.newScheduledThreadPool(threads, (task) -> {
			Thread thread = new Thread(task, "failover-embedded-endpoints");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Start to read the roles.
	 * @param members the servers
	 * @param services receives the roles periodically, by the name of the node
	 * @return the running controller
	 */
	static EndpointController start(List<GroupMember> members, Consumer<Map<String, ServiceRole>> services) {
		EndpointController controller = new EndpointController(members.size() + 1);
		for (GroupMember member : members) {
			ServerMonitor monitor = new ServerMonitor(member.server(), member.superuser());
			controller.monitors.add(monitor);
			controller.repeat(() -> controller.read(member.server(), monitor));
		}
		controller.repeat(() -> services.accept(controller.roles()));
		return controller;
	}

	/**
	 * Wait until each server was asked once.
	 */
	void awaitRoles() {
		PollDeadline.inSeconds(10).await(() -> this.roles.size() == this.monitors.size());
	}

	private void repeat(Runnable task) {
		this.executor.scheduleWithFixedDelay(() -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				if (!this.executor.isShutdown()) {
					logger.warn("Could not update the endpoints of the embedded services: trying again in {} ms",
							PERIOD.toMillis(), ex);
				}
			}
		}, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void read(Server server, ServerMonitor monitor) {
		Optional<ServerStatus> status = Optional.empty();
		if (server.isReady()) {
			status = monitor.readAndKeepConnection(READ_TIMEOUT);
		}
		else {
			// a smart stop would wait for this connection
			monitor.releaseConnection();
		}
		this.roles.put(server.name(),
				status.map((present) -> present.writable() ? ServiceRole.WRITABLE : ServiceRole.READ_ONLY));
	}

	/**
	 * Return the roles that were read last.
	 * @return the roles, by the name of the node, without nodes that do not answer
	 */
	Map<String, ServiceRole> roles() {
		Map<String, ServiceRole> present = new HashMap<>();
		this.roles.forEach((node, role) -> role.ifPresent((found) -> present.put(node, found)));
		return present;
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		try {
			this.executor.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.monitors.forEach(ServerMonitor::close);
	}

}
