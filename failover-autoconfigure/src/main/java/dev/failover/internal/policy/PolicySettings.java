package dev.failover.internal.policy;

import java.time.Duration;

import dev.failover.Topology;

/**
 * Settings of the policy.
 *
 * @param topology distribution of writes over the nodes
 * @param maxLag greatest lag of a copy that may take over
 * @param verify whether a node must be known to replicate the leader
 * @param automaticFailback whether the route returns to the preferred node by itself
 * @param minStay least time on another node before that
 * @param recoveryStay least time without a writable node before one that was lost
 * repeatedly is used again; doubled with each flap
 * @param readsFromMirror whether work that only reads goes to a mirror that is fit for it
 * @param readsMaxLag greatest lag of a mirror that is fit for reads
 * @param followNewest whether writes move to a promoted node while the leader still takes
 * them, if the promoted one lacks nothing
 * @param sampleValidity greatest age of a sample that still counts
 */
public record PolicySettings(Topology topology, Duration maxLag, boolean verify, boolean automaticFailback,
		Duration minStay, Duration recoveryStay, boolean readsFromMirror, Duration readsMaxLag, boolean followNewest,
		Duration sampleValidity) {

	/**
	 * Returns whether mirrors are read-only until they are promoted.
	 */
	public boolean standby() {
		return this.topology == Topology.STANDBY;
	}

	/**
	 * Returns whether each node has a history of its own that is not compared with the
	 * others, because replication between them is left to the application.
	 */
	public boolean independent() {
		return !standby() && !this.verify;
	}

}
