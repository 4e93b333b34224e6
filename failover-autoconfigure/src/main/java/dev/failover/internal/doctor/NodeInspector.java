package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import dev.failover.Node;
import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.ProbeConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits nodes, each on a thread of its own under one hard deadline, which covers
 * connecting, login and all questions.
 */
public final class NodeInspector {

	private static final Logger logger = LoggerFactory.getLogger(NodeInspector.class);

	private final Map<Node, ProbeConnector> connections;

	private final Dialect dialect;

	private final MigrationHistoryTable historyTable;

	private final Duration deadline;

	private final LongSupplier nanos;

	/**
	 * Create the visits.
	 * @param connections opens a connection to each node
	 * @param dialect asks
	 * @param historyTable where the schema's history is
	 * @param deadline how long one visit may take
	 * @param nanos measures how long a login takes
	 */
	public NodeInspector(Map<Node, ProbeConnector> connections, Dialect dialect, MigrationHistoryTable historyTable,
			Duration deadline, LongSupplier nanos) {
		this.connections = Map.copyOf(connections);
		this.dialect = dialect;
		this.historyTable = historyTable;
		this.deadline = deadline;
		this.nanos = nanos;
	}

	/**
	 * Visit a node; empty if it could not be done in time.
	 */
	Optional<NodeInspection> to(NodeSettings node) throws InterruptedException {
		ProbeConnector door = this.connections.get(node.node());
		if (door == null) {
			return Optional.empty();
		}
		Visit visit = new Visit(node.servers(), door, this.dialect, this.historyTable, this.nanos);
		FutureTask<NodeInspection> task = new FutureTask<>(visit);
		start(task, "failover-doctor-" + node.node());
		try {
			return Optional.of(task.get(this.deadline.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("Node '{}' could not be examined", node.node(), ex);
			return Optional.empty();
		}
		finally {
			visit.breakOff((abort) -> start(abort, "failover-doctor-abort"));
		}
	}

	private static void start(Runnable work, String name) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

}
