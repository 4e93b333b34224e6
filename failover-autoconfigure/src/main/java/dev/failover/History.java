package dev.failover;

import org.jspecify.annotations.Nullable;

/**
 * Identity of the data that a server holds: which database it is, which promotions led to
 * it, and how far its log reaches. Opaque: only the dialect that read it knows its
 * content. Its text form is shown to people; it contains no position.
 * <p>
 * Implementations are immutable values.
 */
public interface History {

	/**
	 * Compares another history with this one. Never throws: histories that cannot be
	 * compared are {@link Relation#UNKNOWN}.
	 * @param other history that was read from another server, or from the same one later
	 * @return the relation of the other history to this one
	 */
	Comparison compare(History other);

	/**
	 * Returns whether it is known that this history continues that of another server,
	 * which its server has followed until it was promoted.
	 */
	boolean isPromoted();

	/**
	 * Returns whether the servers of a cluster write this history together, each
	 * transaction in the same order on all of them, so that several of them may accept
	 * writes at once, and a server that lacks some of it receives it by itself. False by
	 * default.
	 */
	default boolean isShared() {
		return false;
	}

	/**
	 * Returns the position up to which this history reaches, or null if it is not known.
	 */
	@Nullable LogPosition position();

	/**
	 * Returns whether this history is known to hold all that was written up to a
	 * position.
	 */
	boolean holds(LogPosition position);

	/**
	 * Relations of one history to another, which is called the reference here.
	 */
	enum Relation {

		/** It holds the same data, as far as its position is known. */
		SAME,

		/** It is an earlier state of the reference, or an older branch of it. */
		BEHIND,

		/** It is a later state of the reference, without a promotion in between. */
		AHEAD,

		/** Its server was promoted and carries the reference on. */
		CONTINUES,

		/** Both have data that the other one lacks, and it is not the newer branch. */
		DIVERGED,

		/** It is another database. */
		FOREIGN,

		/** Too little is known to tell. */
		UNKNOWN

	}

	/**
	 * Result of a comparison.
	 *
	 * @param relation relation to the reference
	 * @param lacks amount of the reference's log that it lacks, in the unit of the
	 * dialect; 0 if it lacks nothing, null if unknown
	 */
	record Comparison(Relation relation, @Nullable Long lacks) {

		/** Comparison of histories of which too little is known. */
		public static final Comparison UNKNOWN = new Comparison(Relation.UNKNOWN, null);

		/**
		 * Compares two histories; {@link #UNKNOWN} if one of them is null.
		 * @param reference history to compare with, or null
		 * @param other history that is compared, or null
		 */
		public static Comparison of(@Nullable History reference, @Nullable History other) {
			return (reference != null && other != null) ? reference.compare(other) : UNKNOWN;
		}

		/**
		 * Returns whether it is known to lack nothing of the reference.
		 */
		public boolean isComplete() {
			return this.lacks != null && this.lacks == 0;
		}

		/**
		 * Returns whether it is another state of the same line of data: the same, an
		 * earlier or a later one.
		 */
		public boolean isSameLine() {
			return this.relation == Relation.SAME || this.relation == Relation.BEHIND
					|| this.relation == Relation.AHEAD;
		}

	}

}
