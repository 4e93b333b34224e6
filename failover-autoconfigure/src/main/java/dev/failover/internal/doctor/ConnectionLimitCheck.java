package dev.failover.internal.doctor;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.Node;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.internal.doctor.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Finds servers that admit fewer connections than needed for the work that a failover
 * moves to them.
 */
final class ConnectionLimitCheck implements Check {

	static final String ID = "connection-limit";

	@Override
	public List<Finding> check(CheckContext context) {
		return context.nodes().stream().flatMap((node) -> check(node, context)).toList();
	}

	private static Stream<Finding> check(NodeSettings node, CheckContext context) {
		NodeSettings preferred = context.preferred();
		Integer limit = limit(node.node(), context);
		Integer preferredLimit = limit(preferred.node(), context);
		int pool = Math.max(node.poolSize(), preferred.poolSize());
		if (limit != null && limit < pool) {
			return Stream.of(finding(node, limit, "the pools have up to " + pool));
		}
		if (limit != null && preferredLimit != null && limit < preferredLimit) {
			return Stream.of(finding(node, limit, "'" + preferred.node() + "' admits " + preferredLimit));
		}
		return Stream.empty();
	}

	private static @Nullable Integer limit(Node node, CheckContext context) {
		ServerFacts server = context.server(node);
		return (server != null) ? server.connectionLimit() : null;
	}

	private static Finding finding(NodeSettings node, int limit, String need) {
		return new Finding(ID, Severity.WARNING, node.node(),
				"The server admits " + limit + " connections of the application's user, but " + need
						+ ": when all work moves to this node, some of it is refused.",
				"Raise the connection limit of the server, the user or the database, or make the pools smaller.");
	}

}
