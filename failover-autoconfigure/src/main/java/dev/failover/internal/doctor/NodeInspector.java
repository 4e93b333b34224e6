package dev.failover.internal.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.Node;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.concurrent.ConnectionAbort;
import dev.failover.internal.concurrent.DaemonThreads;
import dev.failover.internal.detection.ProbeConnector;
import dev.failover.internal.socket.ConnectionSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects nodes, each on a thread and a short-lived connection of its own. One hard
 * deadline covers connect, login and all queries.
 * <p>
 * Thread-safe.
 */
public final class NodeInspector {

	private static final Logger logger = LoggerFactory.getLogger(NodeInspector.class);

	private final Map<Node, ProbeConnector> connectors;

	private final Dialect dialect;

	private final MigrationHistoryTable historyTable;

	private final Duration deadline;

	private final LongSupplier clock;

	/**
	 * Creates an inspector.
	 * @param connectors opens a connection to each node
	 * @param dialect reads the facts about a server
	 * @param historyTable table with the migration history
	 * @param deadline longest duration of one inspection
	 * @param clock measures the duration of a login
	 */
	public NodeInspector(Map<Node, ProbeConnector> connectors, Dialect dialect, MigrationHistoryTable historyTable,
			Duration deadline, LongSupplier clock) {
		this.connectors = Map.copyOf(connectors);
		this.dialect = dialect;
		this.historyTable = historyTable;
		this.deadline = deadline;
		this.clock = clock;
	}

	/**
	 * Inspects a node.
	 * @return the result, or empty if the inspection failed or took too long
	 */
	Optional<NodeInspection> inspect(NodeSettings node) throws InterruptedException {
		ProbeConnector connector = this.connectors.get(node.node());
		if (connector == null) {
			return Optional.empty();
		}
		Inspection inspection = new Inspection(connector, node.servers());
		FutureTask<NodeInspection> task = new FutureTask<>(inspection);
		DaemonThreads.create("failover-doctor-" + node.node(), task).start();
		try {
			return Optional.of(task.get(this.deadline.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("Node '{}' could not be inspected", node.node(), ex);
			return Optional.empty();
		}
		finally {
			inspection.abandon();
		}
	}

	/**
	 * One inspection, which another thread can abandon.
	 */
	private final class Inspection implements Callable<NodeInspection> {

		private final ProbeConnector connector;

		private final List<InetSocketAddress> servers;

		private final ConnectionSockets sockets = new ConnectionSockets();

		private @Nullable Connection connection;

		private boolean abandoned;

		private boolean ended;

		Inspection(ProbeConnector connector, List<InetSocketAddress> servers) {
			this.connector = connector;
			this.servers = servers;
		}

		@Override
		public NodeInspection call() throws SQLException {
			long begun = NodeInspector.this.clock.getAsLong();
			try (Connection open = this.connector.open(this.sockets)) {
				Duration login = Duration.ofNanos(NodeInspector.this.clock.getAsLong() - begun);
				if (!begin(open)) {
					throw new SQLException("The inspection was abandoned", "08000");
				}
				NodeInspection result = inspect(open, login);
				end();
				return result;
			}
		}

		private NodeInspection inspect(Connection open, Duration login) throws SQLException {
			Dialect dialect = NodeInspector.this.dialect.forServer(open);
			Reading reading = dialect.read(open);
			ReplicationReading replication = dialect.readReplication(open);
			return new NodeInspection(dialect.readFacts(open), reading, replication,
					NodeInspector.this.historyTable.read(open), addresses(), login);
		}

		private synchronized boolean begin(Connection open) {
			this.connection = open;
			return !this.abandoned;
		}

		private synchronized void end() {
			this.ended = true;
		}

		/**
		 * Closes the sockets and aborts the connection, now or as soon as it is open,
		 * unless the inspection has ended.
		 */
		synchronized void abandon() {
			this.abandoned = true;
			if (this.ended) {
				return;
			}
			Executor thread = (work) -> DaemonThreads.create("failover-doctor-abort", work).start();
			this.sockets.close(thread);
			Connection open = this.connection;
			if (open != null) {
				thread.execute(() -> ConnectionAbort.abort(open, Runnable::run));
			}
		}

		private Set<InetSocketAddress> addresses() {
			return this.servers.stream().flatMap(NodeInspector::resolve).collect(Collectors.toUnmodifiableSet());
		}

	}

	private static Stream<InetSocketAddress> resolve(InetSocketAddress server) {
		try {
			return Arrays.stream(InetAddress.getAllByName(server.getHostString()))
				.map((address) -> new InetSocketAddress(address, server.getPort()));
		}
		catch (UnknownHostException ex) {
			return Stream.empty();
		}
	}

}
