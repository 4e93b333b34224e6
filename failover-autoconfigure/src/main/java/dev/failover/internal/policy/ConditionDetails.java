package dev.failover.internal.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.failover.BreakerState;
import dev.failover.Condition.Kind;
import dev.failover.ErrorClass;
import dev.failover.History.Relation;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Details of conditions, for an operator: finding, consequence and remedy.
 */
final class ConditionDetails {

	private final PolicySettings settings;

	private final Policy policy;

	private final Situation situation;

	ConditionDetails(PolicySettings settings, Policy policy, Situation situation) {
		this.settings = settings;
		this.policy = policy;
		this.situation = situation;
	}

	/**
	 * Returns the detail of a condition of a node.
	 * @throws IllegalArgumentException if conditions of that kind are not about a node
	 */
	String of(Kind kind, NodeStatus node) {
		return switch (kind) {
			case DOWN -> down(node);
			case IMPAIRED -> impaired(node);
			case LAGGING -> isPromoted(node) ? promoted() : lagging(node.replication());
			case UNVERIFIED -> unverified(node);
			case DIVERGED -> "It accepts writes on history " + node.history() + ", which is not "
					+ this.situation.leadership().lineage() + " of the leader" + leader()
					+ ". Nothing replicates what is written there. Stop it and rebuild it from the leader. If it is "
					+ "meant to lead, send the action 'switchover' with \"force\": true to the endpoint 'failover'";
			case NOT_WRITABLE -> "It reports " + node.role() + ", but in the topology 'multi-writer' every node must "
					+ "accept writes. It cannot take over. Make it writable, or set failover.topology=standby";
			case FLAPPING -> flapping();
			case SPLIT_BRAIN, PAUSED, ENGINE_DOWN ->
				throw new IllegalArgumentException("Not a condition of a node: " + kind);
		};
	}

	private String impaired(NodeStatus node) {
		boolean refused = node.lastProbe() != null && node.lastProbe().errorClass() == ErrorClass.UNUSABLE;
		if (node.role() == Role.UNUSABLE && (node.isUp() || refused)) {
			return "It answers, but says that it must not be used, such as a cluster member without quorum, or the "
					+ "witness of another node says that this one does not lead. It gets no work until that changes. "
					+ "Bring it back into its cluster";
		}
		boolean serves = node.node().equals(this.situation.route().serving());
		boolean unreachable = node.lastProbe() != null && (node.lastProbe().errorClass() == ErrorClass.CONNECTION_LOST
				|| node.lastProbe().errorClass() == ErrorClass.STARTING_UP);
		return (unreachable ? "It answers on connections that are open, and lets nobody open another one"
				: "It is alive but refuses the probe")
				+ error(node)
				+ (serves ? ". It serves this application: open connections work on, new ones fail, and nothing fails "
						+ "over for that. " : ". New connections to it fail, and it cannot take over. ")
				+ (unreachable
						? "Find out what refuses connections to its address: a firewall, a proxy, a service without "
								+ "endpoints, or a server that shuts down"
						: "Correct user, password and database of the URL, or raise the connection limit of the "
								+ "server");
	}

	private String unverified(NodeStatus node) {
		if (this.situation.leadership().leads(node)) {
			return "It leads to the same server as '" + this.situation.route().writes()
					+ "': both are lost together. If that lasts, correct its URL or the service behind it";
		}
		if (node.isWritable() && this.situation.leadership().isShared(node)) {
			return "It is a member of the leader's cluster, but " + problem(node)
					+ ". It may fall behind, and takes writes only if no other member can. No action is needed if that "
					+ "was intended";
		}
		if (isPromoted(node)) {
			return promoted();
		}
		if (isOrphaned(node)) {
			return "It does not receive the log of its leader" + leader() + ", which is lost: " + problem(node)
					+ ". Bring the leader back. If this node is promoted instead, what it lacks is lost; writes follow "
					+ "by themselves if it was at most " + seconds(this.settings.maxLag())
					+ " (failover.replication.max-lag) behind when the leader was last seen";
		}
		String remedy = (node.isWritable() && this.situation.leadership().compare(node).relation() == Relation.FOREIGN)
				? "If it has replaced the leader's database, restart the application, or send the action 'switchover' "
						+ "with \"force\": true to the endpoint 'failover'"
				: "Repair its replication, or rebuild it from the leader";
		return "It is not known to replicate the leader" + leader() + ": " + problem(node) + ". It cannot take over. "
				+ remedy;
	}

	/**
	 * Returns whether the node was promoted from the leader's history, and writes do not
	 * go to it.
	 */
	private boolean isPromoted(NodeStatus node) {
		return this.settings.standby() && node.isWritable()
				&& this.situation.leadership().compare(node).relation() == Relation.CONTINUES;
	}

	/**
	 * Returns whether the node holds data of a leader that is lost, and cannot follow it
	 * for that reason alone.
	 */
	private boolean isOrphaned(NodeStatus node) {
		Node leader = this.situation.leadership().node();
		return this.settings.standby() && this.settings.verify() && node.role() == Role.READ_ONLY
				&& this.situation.leadership().compare(node).isSameLine()
				&& this.situation.status(leader).filter(NodeStatus::isLost).isPresent();
	}

	private String promoted() {
		if (this.situation.rivalry() != null) {
			return "It was promoted although the leader" + leader() + " accepts writes, so that each lacks what the "
					+ "other has written since. It gets no work. Decide which of them leads before you rebuild one of "
					+ "them";
		}
		return "It was promoted, but is not known to have all that the leader" + leader() + " had, so that writes do "
				+ "not go to it by themselves. If what it lacks may be lost, send the action 'switchover' with "
				+ "\"force\": true to the endpoint 'failover'; if not, bring the leader back and rebuild this node";
	}

	private String down(NodeStatus node) {
		String found = found(node) + "; last answer "
				+ ((node.lastAnswered() != null) ? "at " + node.lastAnswered() : "never") + ". ";
		boolean stays = this.situation.paused() && node.node().equals(this.situation.route().serving());
		return found + (stays ? "Automatic changes are paused, so the route stays on this node and nothing is served. "
				+ "Send the action 'resume' or 'switchover' to the endpoint 'failover'" : remedy(node));
	}

	private static String found(NodeStatus node) {
		if (node.breaker() == BreakerState.FORCED_OPEN) {
			return "Its circuit breaker was forced open by a person";
		}
		return answers(node) ? "It answers again, but not yet often enough to be used"
				: "It does not answer" + error(node);
	}

	private static String remedy(NodeStatus node) {
		if (node.breaker() == BreakerState.FORCED_OPEN) {
			return "Close the breaker to use the node again";
		}
		return answers(node)
				? "No action is needed: more good probes in a row (failover.detection.recovery-threshold) "
						+ "close its breaker"
				: "Start the server or restore the network; the node is used again without further action";
	}

	private static boolean answers(NodeStatus node) {
		Probe probe = node.lastProbe();
		return probe != null && probe.verdict() == Verdict.UP;
	}

	private String lagging(@Nullable Replication sample) {
		String limit = "limit " + seconds(this.settings.maxLag()) + " (failover.replication.max-lag)";
		Duration lag = (sample != null) ? sample.lagAt(this.situation.now()) : null;
		if (lag == null) {
			String problem = (sample != null && sample.problem() != null) ? ": " + sample.problem() : "";
			return "Its lag is unknown, " + limit + problem
					+ (this.settings.verify() ? ". It cannot take over. "
							: ". It takes over nevertheless, because nothing is verified, and may lack data. ")
					+ "Check that it replicates, and that the user of its URL may read the state of replication";
		}
		return seconds(lag) + " behind, " + limit + ". It cannot take over until it has caught up. "
				+ "Check its load, its network and its replication, which may be paused";
	}

	private String flapping() {
		int count = this.situation.flaps().count();
		return "It was lost " + count + ((count == 1) ? " time" : " times") + " soon after its return. It takes writes "
				+ "again " + seconds(this.policy.recoveryStay(this.situation))
				+ " after the route has left it, if it is up. Find out why it fails again and again";
	}

	/**
	 * Returns the detail of a split brain.
	 */
	String splitBrain() {
		List<NodeStatus> writers = this.situation.nodes().stream().filter(NodeStatus::isWritable).toList();
		Node writes = this.situation.route().writes();
		return writers.stream()
			.map((node) -> "'" + node.node() + "' (" + node.address() + ", history " + node.history() + ")")
			.collect(Collectors.joining(" and ")) + " accept writes at the same time. "
				+ ((writes != null) ? "This application writes to '" + writes + "'. " : "")
				+ "Decide which of them leads; move the application there with the action 'switchover' and \"force\": "
				+ "true if it writes to another one; stop the other and rebuild it from the leader: what was written "
				+ "to it since is lost";
	}

	/**
	 * Returns the detail of paused automatic changes.
	 */
	String paused() {
		return "An operator has paused automatic changes: the route stays where it is, even if a node is lost. "
				+ "Send the action 'resume' to the endpoint 'failover' to allow them again";
	}

	private String leader() {
		if (this.situation.leadership().deposed()) {
			return "";
		}
		Node leader = this.situation.leadership().node();
		return (leader != null) ? " '" + leader + "'" : "";
	}

	private static String error(NodeStatus node) {
		Probe probe = node.lastProbe();
		return (probe != null && probe.error() != null) ? ": " + probe.error() : "";
	}

	private String problem(NodeStatus node) {
		Replication sample = node.replication();
		if (sample != null && sample.problem() != null) {
			return sample.problem();
		}
		return this.situation.leadership().deposed() ? "another server leads that no node of this application leads to"
				: "the state of its replication could not be read";
	}

	private static String seconds(Duration duration) {
		boolean whole = duration.toMillisPart() == 0 || duration.toSeconds() >= 10;
		return whole ? duration.toSeconds() + " s" : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
	}

}
