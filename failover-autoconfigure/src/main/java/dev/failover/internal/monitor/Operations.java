package dev.failover.internal.monitor;

import java.util.List;
import java.util.Optional;

import dev.failover.Condition;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import dev.failover.internal.policy.Situation;
import org.jspecify.annotations.Nullable;

/**
 * What operators have asked for: a hold, a switchover under way. Confined to the
 * monitor's thread.
 */
final class Operations {

	private boolean paused;

	private @Nullable Switchover under;

	boolean paused() {
		return this.paused;
	}

	void pause(boolean pause) {
		this.paused = pause;
	}

	boolean switching() {
		return this.under != null;
	}

	/**
	 * Begin a switchover: from now on new requests are held.
	 * @throws OperationRefusedException if it may not begin
	 */
	void begin(Switchover ordered, boolean force, Crew hands, Situation situation, List<Condition> conditions) {
		if (this.under != null) {
			throw new OperationRefusedException("A switchover to '" + this.under.target() + "' is under way");
		}
		new SwitchoverCheck(situation, conditions).check(ordered.target(), force);
		this.under = ordered;
		hands.applier().hold();
		hands.urgency(true);
	}

	/**
	 * Look at the switchover under way. When it has to be given up, held requests go on
	 * the old route.
	 * @return the switchover, once, when the route can be moved
	 */
	Optional<Switchover> progress(Crew hands, Situation situation) {
		Switchover current = this.under;
		if (current == null) {
			return Optional.empty();
		}
		Node from = situation.route().writes();
		if (current.drainedNow((from != null) ? hands.applier().inUse(from) : 0, situation.now())) {
			hands.promote(current);
		}
		NodeStatus target = situation.status(current.target()).orElseThrow();
		if (current.due(target)) {
			this.under = null;
			return Optional.of(current);
		}
		String hopeless = current.hopeless(target, situation.now());
		if (hopeless != null) {
			this.under = null;
			hands.applier().letGo(situation.route());
			hands.urgency(situation.route().writes() == null);
			current.outcome().completeExceptionally(new OperationRefusedException(hopeless));
		}
		return Optional.empty();
	}

}
