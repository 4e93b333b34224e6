package dev.failover.internal.policy.exploration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.IntUnaryOperator;

import dev.failover.History.Comparison;
import dev.failover.History.Relation;

/**
 * Measurements of the servers that follow the leader: the part of {@code
 * ReplicationWatch} that does not depend on time, as an immutable value. Keeps one
 * process of each server.
 *
 * @param leader process that leads, or {@link #NOBODY}
 * @param leading its last observation, or 0
 * @param leadingAt time of that
 * @param logStart first history of its log, or {@link #NOBODY}
 * @param logEnd last history of its log
 * @param slots what is known of each server
 * @param nodes process that each node led to when it was last read, or {@link #NOBODY}
 */
record Followers(int leader, int leading, int leadingAt, int logStart, int logEnd, List<Slot> slots,
		List<Integer> nodes) {

	static final int NOBODY = -1;

	static final Followers NONE = new Followers(NOBODY, 0, 0, NOBODY, NOBODY, List.of(Slot.NONE, Slot.NONE, Slot.NONE),
			List.of(NOBODY, NOBODY, NOBODY));

	Followers follow(int process) {
		if (process == this.leader) {
			return this;
		}
		List<Slot> unsampled = this.slots.stream().map((slot) -> slot.withSample(Sample.NONE)).toList();
		Slot slot = (process != NOBODY) ? this.slots.get(process >> 2) : Slot.NONE;
		boolean known = slot.observation != 0 && Observation.process(slot.observation) == process;
		Followers next = new Followers(process, known ? slot.observation : 0, known ? slot.at : 0, NOBODY, NOBODY,
				unsampled, this.nodes);
		return next.noted(NOBODY).assessed();
	}

	/**
	 * Returns the followers after a node was read.
	 */
	Followers read(int node, int observation, int at) {
		int process = Observation.process(observation);
		List<Slot> changed = new ArrayList<>(this.slots);
		changed.set(process >> 2, this.slots.get(process >> 2).read(observation, at));
		List<Integer> moved = new ArrayList<>(this.nodes);
		moved.set(node, process);
		boolean leads = process == this.leader;
		Followers next = new Followers(this.leader, leads ? observation : this.leading, leads ? at : this.leadingAt,
				this.logStart, this.logEnd, List.copyOf(changed), List.copyOf(moved));
		return (leads ? next.noted(this.logEnd) : next).assessed();
	}

	private Followers noted(int before) {
		if (!Observation.writable(this.leading)) {
			return this;
		}
		int history = Observation.history(this.leading);
		Relation relation = (before != NOBODY) ? ModelHistory.compare(before, history).relation() : Relation.UNKNOWN;
		boolean goesOn = relation == Relation.SAME || relation == Relation.AHEAD;
		return new Followers(this.leader, this.leading, this.leadingAt, goesOn ? this.logStart : history, history,
				this.slots, this.nodes);
	}

	/**
	 * Returns the followers after the replication of a node was read.
	 */
	Followers readReplication(int observation, int at) {
		List<Slot> changed = new ArrayList<>(this.slots);
		int server = Observation.server(observation);
		changed.set(server, this.slots.get(server).readReplication(observation, at));
		return withSlots(changed).assessed();
	}

	private Followers withSlots(List<Slot> changed) {
		return new Followers(this.leader, this.leading, this.leadingAt, this.logStart, this.logEnd,
				List.copyOf(changed), this.nodes);
	}

	private Followers assessed() {
		if (this.leader == NOBODY) {
			return this;
		}
		return withSlots(this.slots.stream()
			.map((slot) -> (slot.isComplete() && Observation.process(slot.observation) != this.leader)
					? slot.withSample(assess(slot)) : slot)
			.toList());
	}

	private Sample assess(Slot slot) {
		boolean leaderLives = Observation.writable(this.leading) && this.leadingAt > slot.replicationAt;
		boolean verified = isVerified(slot) || (slot.sample.isVerified() && !leaderLives);
		return Sample.of(verified, isLagKnown(slot));
	}

	private boolean isVerified(Slot slot) {
		return this.leading != 0
				&& ModelHistory.compare(Observation.history(this.leading), Observation.history(slot.observation))
					.isSameLine()
				&& !Observation.writable(slot.observation) && Observation.receiving(slot.replication);
	}

	private boolean isLagKnown(Slot slot) {
		boolean promoted = Observation.writable(slot.observation);
		if (promoted && slot.sample != Sample.NONE) {
			Comparison found = (this.logEnd != NOBODY)
					? ModelHistory.compare(this.logEnd, Observation.history(slot.observation)) : Comparison.UNKNOWN;
			return (found.relation() == Relation.CONTINUES) ? isStartHeld(slot) : slot.sample.isLagKnown();
		}
		return !promoted && this.logEnd != NOBODY && isStartHeld(slot);
	}

	private boolean isStartHeld(Slot slot) {
		Comparison found = ModelHistory.compare(this.logStart, Observation.history(slot.observation));
		return found.isComplete() && (found.isSameLine() || found.relation() == Relation.CONTINUES);
	}

	/**
	 * Returns the sample of the server that a node leads to.
	 */
	Sample of(int node) {
		int process = this.nodes.get(node);
		if (process == NOBODY || process == this.leader) {
			return Sample.NONE;
		}
		Slot slot = this.slots.get(process >> 2);
		return (Observation.process(slot.observation) == process) ? slot.sample : Sample.NONE;
	}

	/**
	 * Returns whether a node follows the leader itself; empty if that is not known.
	 */
	Optional<Boolean> followsLeader(int node) {
		int process = this.nodes.get(node);
		Slot slot = (process != NOBODY) ? this.slots.get(process >> 2) : Slot.NONE;
		if (!Observation.receiving(slot.replication) || this.leading == 0
				|| Observation.process(slot.observation) != process) {
			return Optional.empty();
		}
		return Optional.of(Observation.sourceProcess(slot.replication) == this.leader);
	}

	void collect(SortedSet<Integer> times) {
		times.add(this.leadingAt);
		this.slots.forEach((slot) -> times.add(slot.at));
	}

	int timeOf(int node) {
		int process = this.nodes.get(node);
		return (process != NOBODY) ? this.slots.get(process >> 2).at : 0;
	}

	Followers ranked(IntUnaryOperator rank) {
		List<Slot> ranked = this.slots.stream().map((slot) -> slot.ranked(rank)).toList();
		return new Followers(this.leader, this.leading, rank.applyAsInt(this.leadingAt), this.logStart, this.logEnd,
				ranked, this.nodes);
	}

	/**
	 * Last observations of a server.
	 *
	 * @param observation its last observation, or 0
	 * @param at time of that
	 * @param replication the observation in which its replication was last read, or 0
	 * @param replicationAt time of that
	 * @param sample its sample as a follower
	 */
	record Slot(int observation, int at, int replication, int replicationAt, Sample sample) {

		static final Slot NONE = new Slot(0, 0, 0, 0, Sample.NONE);

		boolean isComplete() {
			return this.observation != 0 && this.replication != 0;
		}

		Slot read(int observation, int at) {
			boolean same = this.observation != 0
					&& Observation.process(this.observation) == Observation.process(observation);
			return same ? new Slot(observation, at, this.replication, this.replicationAt, this.sample)
					: new Slot(observation, at, 0, 0, Sample.NONE);
		}

		Slot readReplication(int observation, int at) {
			return new Slot(this.observation, this.at, observation, at, this.sample);
		}

		Slot withSample(Sample sample) {
			return new Slot(this.observation, this.at, this.replication, this.replicationAt, sample);
		}

		Slot ranked(IntUnaryOperator rank) {
			return new Slot(this.observation, rank.applyAsInt(this.at), this.replication,
					rank.applyAsInt(this.replicationAt), this.sample);
		}

	}

	/**
	 * Sample of a follower.
	 */
	enum Sample {

		NONE, UNKNOWN, LAG_KNOWN, VERIFIED, GOOD;

		static Sample of(boolean verified, boolean lagKnown) {
			if (verified) {
				return lagKnown ? GOOD : VERIFIED;
			}
			return lagKnown ? LAG_KNOWN : UNKNOWN;
		}

		boolean isVerified() {
			return this == VERIFIED || this == GOOD;
		}

		boolean isLagKnown() {
			return this == LAG_KNOWN || this == GOOD;
		}

	}

}
