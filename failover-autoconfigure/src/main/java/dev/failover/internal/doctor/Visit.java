package dev.failover.internal.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.ProbeConnector;
import org.jspecify.annotations.Nullable;

/**
 * One visit to a node on a short-lived connection. It can be broken off from another
 * thread.
 */
final class Visit implements Callable<NodeInspection> {

	private final List<InetSocketAddress> servers;

	private final ProbeConnector connections;

	private final Dialect dialect;

	private final MigrationHistoryTable historyTable;

	private final LongSupplier nanos;

	private @Nullable Connection connection;

	private boolean over;

	Visit(List<InetSocketAddress> servers, ProbeConnector connections, Dialect dialect,
			MigrationHistoryTable historyTable, LongSupplier nanos) {
		this.servers = servers;
		this.connections = connections;
		this.dialect = dialect;
		this.historyTable = historyTable;
		this.nanos = nanos;
	}

	@Override
	public NodeInspection call() throws SQLException {
		long begun = this.nanos.getAsLong();
		try (Connection open = this.connections.open()) {
			Duration login = Duration.ofNanos(this.nanos.getAsLong() - begun);
			if (!begin(open)) {
				throw new SQLException("The visit was broken off", "08000");
			}
			NodeInspection facts = new NodeInspection(this.dialect.readFacts(open), this.historyTable.read(open),
					addresses(), login);
			end();
			return facts;
		}
	}

	private synchronized boolean begin(Connection open) {
		this.connection = open;
		return !this.over;
	}

	private synchronized void end() {
		this.connection = null;
	}

	/**
	 * Break it off if it is not over yet.
	 */
	synchronized void breakOff(Executor executor) {
		this.over = true;
		Connection open = this.connection;
		if (open != null) {
			executor.execute(() -> abort(open));
		}
	}

	private static void abort(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException | RuntimeException ex) {
			// it is of no use already
		}
	}

	private Set<InetSocketAddress> addresses() {
		return this.servers.stream().flatMap(Visit::resolve).collect(Collectors.toUnmodifiableSet());
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
