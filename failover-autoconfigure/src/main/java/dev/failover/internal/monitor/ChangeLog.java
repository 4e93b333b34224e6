package dev.failover.internal.monitor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Operation;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Writes one log line per change: node and address, cause, consequence for the
 * application, remedy. The level is INFO for improvements and requested changes, WARN for
 * losses that failover handles, ERROR when no node takes writes and no automatic change
 * is under way. While a drill is under way, lines say so instead of asking for a
 * promotion. Thread-safe.
 */
final class ChangeLog {

	private static final String DRILL = "A drill is under way: the database is not touched, and the drill ends by itself";

	private final Logger logger;

	/** Number of drills under way, or about to be refused. */
	private final AtomicInteger drills = new AtomicInteger();

	ChangeLog(Logger logger) {
		this.logger = logger;
	}

	void routeChanged(RouteChangedEvent event, FailoverState state) {
		log(level(event), event.previous().decided() ? changed(event, state) : started(event, state));
	}

	void nodeChanged(NodeStatus previous, NodeStatus current) {
		log(Level.INFO, label(current) + " is " + current.state() + " " + current.role() + " (was " + previous.state()
				+ " " + previous.role() + ")" + reason(current));
	}

	void conditionChanged(Condition condition, boolean raised, FailoverState state) {
		String label = condition.label() + address(condition.node(), state);
		if (raised) {
			log(level(condition, state),
					"Condition " + label + " raised: " + condition.detail() + (isDrill() ? ". " + DRILL : ""));
		}
		else {
			log(Level.INFO, "Condition " + label + " cleared");
		}
	}

	void operationRequested(Operation operation, FailoverState state) {
		count(operation, 1);
		log(Level.INFO,
				label(operation, state) + " requested by " + operation.operator() + ": " + switch (operation.action()) {
					case SWITCHOVER, FAILBACK -> "new requests are held until the node accepts writes";
					case PAUSE -> "the route does not change by itself until the action 'resume'";
					case RESUME -> "the route changes by itself again";
					case DRILL -> "the application sees the fault, the database does not; it ends by itself";
				});
	}

	void operationEnded(Operation operation, Operation.Outcome outcome, Duration took, @Nullable Throwable failure,
			FailoverState state) {
		count(operation, -1);
		String line = label(operation, state) + " requested by " + operation.operator() + " " + switch (outcome) {
			case DONE -> "is done after ";
			case REFUSED -> "was refused after ";
			case FAILED -> "has failed after ";
		} + took.toMillis() + " ms";
		switch (outcome) {
			case DONE -> this.logger.info(line);
			case REFUSED ->
				this.logger.warn("{}: {}", line, (failure != null) ? failure.getMessage() : "no reason given");
			case FAILED -> this.logger.error(line, failure);
		}
	}

	private void count(Operation operation, int change) {
		if (operation.action() == Operation.Action.DRILL) {
			this.drills.addAndGet(change);
		}
	}

	private boolean isDrill() {
		return this.drills.get() > 0;
	}

	private void log(Level level, String line) {
		this.logger.atLevel(level).log(line);
	}

	private Level level(RouteChangedEvent event) {
		Cause cause = event.change().cause();
		return switch (event.current().mode()) {
			case NORMAL -> Level.INFO;
			case FAILED_OVER -> (cause == Cause.SWITCHOVER || cause == Cause.READS_MOVED) ? Level.INFO : Level.WARN;
			case READ_ONLY -> (cause == Cause.ROLE_CHANGED || isDrill()) ? Level.WARN : Level.ERROR;
			case UNAVAILABLE -> Level.ERROR;
		};
	}

	private static Level level(Condition condition, FailoverState state) {
		boolean unusable = condition.kind() == Kind.DOWN || condition.kind() == Kind.IMPAIRED;
		boolean stuck = !state.automatic() && unusable && condition.node() != null
				&& condition.node().equals(state.route().serving());
		if (stuck || condition.kind() == Kind.SPLIT_BRAIN) {
			return Level.ERROR;
		}
		return (condition.kind() == Kind.PAUSED) ? Level.INFO : Level.WARN;
	}

	private String changed(RouteChangedEvent event, FailoverState state) {
		RouteChange change = event.change();
		StringBuilder line = new StringBuilder("Route ").append(change.epoch())
			.append(": ")
			.append(change.mode())
			.append(", writes ")
			.append(name(change.from(), state))
			.append(" -> ")
			.append(name(change.to(), state))
			.append(", reads -> ")
			.append(list(event.current().reads(), (node) -> name(node, state)))
			.append("; ")
			.append(change.cause().label());
		if (change.detection() != null) {
			line.append(" after ").append(change.detection().toMillis()).append(" ms");
		}
		if (change.abortedConnections() > 0) {
			line.append(", ").append(change.abortedConnections()).append(" connection(s) in use aborted");
		}
		line.append(": ").append(change.evidence()).append(". ").append(consequence(event.current(), state));
		return line.toString();
	}

	/**
	 * Returns the first line, which says that failover is on and what it does not cover.
	 */
	private String started(RouteChangedEvent event, FailoverState state) {
		Route route = event.current();
		String nodes = state.nodes().stream().map(ChangeLog::describe).collect(Collectors.joining("; "));
		return "Failover is on. " + nodes + ". Route " + route.epoch() + ": " + route.mode() + ", writes -> "
				+ ((route.writes() != null) ? route.writes() : "none") + ", reads -> " + list(route.reads(), Node::name)
				+ ". " + consequence(route, state) + ". A lost node leaves the route within "
				+ state.detectionBudget().toMillis() + " ms. " + notCovered(route, state);
	}

	private static String describe(NodeStatus status) {
		return label(status) + ": " + ((status.server() != null) ? status.server() + ", " : "") + status.state() + " "
				+ status.role() + error(status);
	}

	/**
	 * Returns the text about losses that failover does not cover.
	 */
	private static String notCovered(Route route, FailoverState state) {
		List<NodeStatus> others = state.nodes()
			.stream()
			.filter((status) -> !status.node().equals(route.writes()) && status.role() != Role.WRITABLE)
			.toList();
		if (others.isEmpty()) {
			return "Not covered: transactions in flight on a lost node fail" + unverified(route, state);
		}
		String names = others.stream().map((status) -> "'" + status.node() + "'").collect(Collectors.joining(", "));
		boolean synchronous = others.stream().map(NodeStatus::replication).allMatch(ChangeLog::isSynchronous);
		return "Not covered: a cluster manager, or a person, must promote " + names
				+ (synchronous ? ""
						: "; commits that have not reached it by then are lost, unless replication is synchronous")
				+ unverified(route, state);
	}

	/**
	 * Returns the text about nodes that answer without telling which data they hold.
	 */
	private static String unverified(Route route, FailoverState state) {
		String names = state.nodes()
			.stream()
			.filter((status) -> !status.node().equals(route.writes()) && status.isUp() && status.history() == null)
			.map((status) -> "'" + status.node() + "'")
			.collect(Collectors.joining(", "));
		return names.isEmpty() ? "" : "; nothing verifies that " + names + " holds the data of the primary";
	}

	private static boolean isSynchronous(@Nullable Replication sample) {
		return sample != null && sample.synchronous();
	}

	/**
	 * Returns the consequence of a route for the application, and the remedy.
	 */
	private String consequence(Route route, FailoverState state) {
		String preferred = "'" + state.nodes().get(0).node() + "'";
		return switch (route.mode()) {
			case NORMAL -> (route.cause() == Cause.STARTUP) ? "The application is served by " + preferred
					: (route.cause() == Cause.READS_MOVED) ? "Only reads moved; no action is needed"
							: "The application is served by " + preferred + " again; no action is needed";
			case FAILED_OVER ->
				"The application is served by '" + route.writes() + "'. " + failedOver(route, preferred);
			case READ_ONLY -> "No node takes writes: reads are served by " + quoted(route.reads())
					+ ", writes fail, wait or are refused (failover.read-only.mode). "
					+ (isDrill() ? DRILL : readOnly(route));
			case UNAVAILABLE -> "No node serves: requests wait for their connection time-out and fail. "
					+ "Start a server or restore the network; the route follows by itself";
		};
	}

	private static String failedOver(Route route, String preferred) {
		return switch (route.cause()) {
			case SWITCHOVER -> "It stays there until the action 'failback' or 'switchover', or until the node is lost";
			case READS_MOVED -> "Only reads moved; no action is needed";
			default -> "Bring " + preferred + " back as a replica of '" + route.writes()
					+ "': until then there may be no node to fail over to";
		};
	}

	private static String readOnly(Route route) {
		return ((route.cause() == Cause.ROLE_CHANGED)
				? "Unless a planned switchover of the database is under way, promote " : "Promote ")
				+ "a node with the cluster manager, or bring the lost one back; the route follows by itself";
	}

	private static String label(Operation operation, FailoverState state) {
		String target = (operation.target() != null)
				? ((operation.action() == Operation.Action.DRILL) ? " on " : " to ") + name(operation.target(), state)
				: "";
		return "Operation '" + operation.action().label() + "'" + target
				+ ((operation.detail() != null) ? ", " + operation.detail() + "," : "");
	}

	private static String label(NodeStatus status) {
		return "Node '" + status.node() + "' (" + status.address() + ")";
	}

	private static String name(@Nullable Node node, FailoverState state) {
		return (node != null) ? node + address(node, state) : "none";
	}

	private static String list(List<Node> nodes, Function<Node, String> name) {
		return nodes.isEmpty() ? "none" : nodes.stream().map(name).collect(Collectors.joining(", "));
	}

	private static String quoted(List<Node> nodes) {
		return nodes.stream().map((node) -> "'" + node + "'").collect(Collectors.joining(" and "));
	}

	private static String address(@Nullable Node node, FailoverState state) {
		return (node != null) ? " (" + state.status(node).address() + ")" : "";
	}

	/**
	 * Returns the error of a node, or that it answers although its breaker is open.
	 */
	private static String reason(NodeStatus status) {
		Probe probe = status.lastProbe();
		boolean returning = status.state() == NodeState.DOWN && probe != null && probe.verdict() == Verdict.UP;
		if (returning && status.breaker().forced()) {
			return ": its breaker was forced open, and it is used once that is undone";
		}
		return returning ? ": it answers again, and is used after more good probes in a row" : error(status);
	}

	private static String error(NodeStatus status) {
		Probe probe = status.lastProbe();
		return (probe != null && probe.error() != null) ? ": " + probe.error() : "";
	}

}
