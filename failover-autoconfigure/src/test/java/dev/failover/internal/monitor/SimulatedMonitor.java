package dev.failover.internal.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.failover.BreakerState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.NodeStatusFixture;
import dev.failover.Probe;
import dev.failover.Route;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeResult;
import dev.failover.internal.policy.Decision;
import dev.failover.internal.policy.Flaps;
import dev.failover.internal.policy.Policy;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.internal.policy.Situation;
import org.jspecify.annotations.Nullable;

/**
 * Monitor without threads, servers and real time: feeds probe results into a
 * {@link ClusterState} and applies the decisions of the {@link Policy}, step by step.
 */
final class SimulatedMonitor {

	private final PolicySettings settings;

	private final ClusterState cluster;

	private final List<Route> routes = new ArrayList<>();

	private final List<Situation> situations = new ArrayList<>();

	private Instant now = NodeStatusFixture.NOW;

	private Flaps flaps = Flaps.NONE;

	private boolean paused;

	SimulatedMonitor(PolicySettings settings, List<Node> nodes) {
		this.settings = settings;
		this.cluster = new ClusterState(
				nodes.stream().map((node) -> NodeStatus.unknown(node, "db:1/orders", this.now)).toList(),
				settings.maxLag());
		this.routes.add(Route.undecided(this.now));
	}

	ClusterState cluster() {
		return this.cluster;
	}

	Route route() {
		return this.routes.get(this.routes.size() - 1);
	}

	/**
	 * Returns all routes so far, the undecided one first.
	 */
	List<Route> routes() {
		return List.copyOf(this.routes);
	}

	/**
	 * Returns the situation from which each route but the first was decided.
	 */
	List<Situation> situations() {
		return List.copyOf(this.situations);
	}

	SimulatedMonitor pause(boolean paused) {
		this.paused = paused;
		return step();
	}

	SimulatedMonitor pass(Duration time) {
		this.now = this.now.plus(time);
		return step();
	}

	/**
	 * Applies an answered probe and a reading of replication.
	 */
	SimulatedMonitor answers(Node node, Reading reading, @Nullable ReplicationReading replication) {
		probed(node, Verdict.UP, BreakerState.CLOSED, reading);
		this.cluster.learn(node, replication, this.now);
		return step();
	}

	/**
	 * Applies a failed probe, after which the breaker is in the given state.
	 */
	SimulatedMonitor fails(Node node, Verdict verdict, BreakerState breaker) {
		probed(node, verdict, breaker, null);
		return step();
	}

	/**
	 * Applies a good probe of a node whose breaker is half-open.
	 */
	SimulatedMonitor tries(Node node, Reading reading) {
		probed(node, Verdict.UP, BreakerState.HALF_OPEN, reading);
		return step();
	}

	private void probed(Node node, Verdict verdict, BreakerState breaker, @Nullable Reading reading) {
		String error = (verdict == Verdict.UP) ? null : "08001 refused";
		Probe probe = new Probe(this.now, Duration.ofMillis(1), verdict, error);
		this.cluster.learn(new ProbeResult(node, null, probe, 0, reading, breaker, 0));
	}

	Situation situation() {
		return new Situation(route(), this.cluster.all(), this.cluster.leadership(), this.cluster.rivalry(),
				this.paused, this.flaps, this.now);
	}

	private SimulatedMonitor step() {
		Situation situation = situation();
		new Policy(this.settings).decide(situation).ifPresent((decision) -> change(situation, decision));
		return this;
	}

	private void change(Situation situation, Decision decision) {
		Route previous = route();
		Route next = previous.next(decision.writes(), decision.reads(), decision.mode(), this.now, decision.cause());
		this.routes.add(next);
		this.situations.add(situation);
		if (previous.mode() == Mode.NORMAL && next.mode() != Mode.NORMAL) {
			this.flaps = this.flaps.lost(this.now, this.settings.minStay());
		}
		else if (previous.decided() && next.mode() == Mode.NORMAL) {
			this.flaps = this.flaps.returned(this.now);
		}
		this.cluster.lead(next.writes());
	}

}
