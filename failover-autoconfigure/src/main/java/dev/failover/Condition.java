package dev.failover;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Something that an operator should know because it limits what failover can do.
 *
 * @param kind what it is
 * @param node the node it is about, or null when it is about all
 */
public record Condition(Kind kind, @Nullable Node node) {

	/**
	 * The name that the endpoint and the log show, such as {@code MIRROR_DOWN}.
	 */
	public String name() {
		return (this.node != null) ? this.node.name().toUpperCase(Locale.ROOT) + "_" + this.kind : this.kind.name();
	}

	@Override
	public String toString() {
		return name();
	}

	/**
	 * Kinds of conditions.
	 */
	public enum Kind {

		/** The breaker of the node is open. */
		DOWN,

		/** The node is alive but refuses the probe. */
		IMPAIRED,

		/** The copy is older than allowed, or its age is unknown. */
		LAGGING,

		/** The node is not known to replicate the leader. */
		UNVERIFIED,

		/** The node should accept writes, and does not. */
		NOT_WRITABLE,

		/** The history of the node parted from the leader's: it must be rebuilt. */
		DIVERGED,

		/** The node was lost again soon after it had returned; it must prove itself. */
		FLAPPING,

		/** Two nodes accept writes in a topology where one may. */
		SPLIT_BRAIN,

		/** An operator stopped automatic changes. */
		HELD

	}

}
