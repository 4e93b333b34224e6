package dev.failover;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A state that limits what failover can do, for an operator to act on.
 *
 * @param kind kind of the condition
 * @param node node that it is about, or null if it is about the whole
 * @param since when it was raised
 * @param detail what was found, with the limit that applies, and what to do about it
 */
public record Condition(Kind kind, @Nullable Node node, Instant since, String detail) {

	public Condition {
		detail = Redaction.redactText(detail);
	}

	/**
	 * Returns whether both are the same condition, perhaps with another detail.
	 */
	public boolean isSame(Condition other) {
		return this.kind == other.kind && Objects.equals(this.node, other.node);
	}

	/**
	 * Returns a short name for people, such as {@code DOWN of node 'mirror'}.
	 */
	public String label() {
		return (this.node != null) ? this.kind + " of node '" + this.node + "'" : this.kind.name();
	}

	/**
	 * Kinds of conditions.
	 */
	public enum Kind {

		/** The breaker of the node is open. */
		DOWN,

		/** The node is alive but refuses the probe. */
		IMPAIRED,

		/** The data of the node is older than allowed, or of unknown age. */
		LAGGING,

		/** The node is not known to replicate the leader. */
		UNVERIFIED,

		/** The node should accept writes, and does not. */
		NOT_WRITABLE,

		/** The history of the node parted from the leader's: it must be rebuilt. */
		DIVERGED,

		/** The node was lost again soon after it had returned. */
		FLAPPING,

		/** Two nodes accept writes in a topology where one may. */
		SPLIT_BRAIN,

		/** An operator stopped automatic changes. */
		PAUSED

	}

}
