package dev.failover.internal.doctor;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.Node;
import dev.failover.dialect.ServerFacts;
import dev.failover.internal.doctor.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * A server that admits fewer connections than the work needs that it is to take.
 */
final class ConnectionLimitCheck implements Check {

	static final String ID = "connection-limit";

	@Override
	public List<Finding> examine(CheckContext examination) {
		return examination.nodes().stream().flatMap((node) -> examine(node, examination)).toList();
	}

	private static Stream<Finding> examine(NodeSettings node, CheckContext examination) {
		NodeSettings home = examination.home();
		Integer limit = limit(node.node(), examination);
		Integer homeLimit = limit(home.node(), examination);
		int pool = Math.max(node.poolSize(), home.poolSize());
		if (limit != null && limit < pool) {
			return Stream.of(finding(node, limit, "a pool of " + pool + " is to work on it"));
		}
		if (limit != null && homeLimit != null && limit < homeLimit) {
			return Stream.of(finding(node, limit, "'" + home.node() + "' admits " + homeLimit));
		}
		return Stream.empty();
	}

	private static @Nullable Integer limit(Node node, CheckContext examination) {
		ServerFacts server = examination.server(node);
		return (server != null) ? server.connectionLimit() : null;
	}

	private static Finding finding(NodeSettings node, int limit, String need) {
		return new Finding(ID, Severity.WARNING, node.node(),
				"The server admits " + limit + " connections of our user, and " + need
						+ ": when all work moves there, some is refused.",
				"Raise the server's limit for connections (max_connections less what is reserved,"
						+ " or the limit of the role or the database), or make the pools smaller.");
	}

}
