package dev.failover;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * State that limits what failover can do, for an operator to act on.
 *
 * @param kind kind of the condition
 * @param node node that it concerns, or null if it concerns the whole cluster
 * @param since time at which it was raised
 * @param detail finding, with the limit that applies and the remedy
 */
public record Condition(Kind kind, @Nullable Node node, Instant since, String detail) {

	/**
	 * Returns whether both are the same condition, perhaps with another detail.
	 */
	public boolean isSame(Condition other) {
		return this.kind == other.kind && Objects.equals(this.node, other.node);
	}

	/**
	 * Returns a label for the log and the endpoint, such as
	 * {@code DOWN of node 'mirror'}.
	 */
	public String label() {
		return (this.node != null) ? this.kind + " of node '" + this.node + "'" : this.kind.name();
	}

	/**
	 * Kinds of conditions.
	 */
	public enum Kind {

		/** The breaker of the node is open. */
		DOWN(true),

		/** The node is alive but refuses the probe. */
		IMPAIRED(true),

		/** The data of the node is older than allowed, or of unknown age. */
		LAGGING(true),

		/** The node is not known to replicate the leader. */
		UNVERIFIED(true),

		/** The node should accept writes, and does not. */
		NOT_WRITABLE(true),

		/** The history of the node has diverged from the leader's: it must be rebuilt. */
		DIVERGED(true),

		/** The node was lost again soon after it had returned. */
		FLAPPING(true),

		/** Two nodes accept writes in a topology where one may. */
		SPLIT_BRAIN(false),

		/** An operator stopped automatic changes. */
		PAUSED(false),

		/** A thread of the engine does not work: losses are not noticed. */
		ENGINE_DOWN(false);

		private final boolean ofNode;

		Kind(boolean ofNode) {
			this.ofNode = ofNode;
		}

		/**
		 * Returns whether a condition of this kind concerns one node rather than the
		 * whole cluster.
		 */
		public boolean isOfNode() {
			return this.ofNode;
		}

	}

}
