package dev.failover.internal.policy;

import java.time.Duration;

import dev.failover.Topology;

/**
 * What the policy decides by.
 *
 * @param topology how the nodes share writes
 * @param maxLag a copy that is older is not eligible
 * @param verify whether a node must be known to replicate the leader
 * @param automaticFailback whether the route returns to the preferred node by itself
 * @param minStay least time on another node before it does
 * @param recoveryStay least time without a writable node before one that was lost
 * repeatedly is used again; doubled with each flap
 * @param readsFromMirror whether work that only reads goes to a mirror that is fit for it
 * @param readsMaxLag a mirror whose lag is larger is not fit for reads
 * @param sampleValidity a sample that is older says nothing of now
 */
public record PolicySettings(Topology topology, Duration maxLag, boolean verify, boolean automaticFailback,
		Duration minStay, Duration recoveryStay, boolean readsFromMirror, Duration readsMaxLag,
		Duration sampleValidity) {

	public boolean standby() {
		return this.topology == Topology.STANDBY;
	}

	/**
	 * Whether each node writes a history of its own that nobody compares: the application
	 * vouches for what replicates them.
	 */
	public boolean independent() {
		return !standby() && !this.verify;
	}

}
