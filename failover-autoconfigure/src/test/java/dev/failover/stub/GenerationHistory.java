package dev.failover.stub;

import dev.failover.History;
import dev.failover.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * {@link History} of a database whose promotions are numbered, for tests.
 *
 * @param cluster name of the database
 * @param generation number of the last promotion; null of a follower that does not tell
 * it
 * @param at position in the log
 * @param branchedAt position at which the generation began
 */
public record GenerationHistory(String cluster, @Nullable Long generation, @Nullable Long at,
		@Nullable Long branchedAt) implements History {

	public GenerationHistory(String cluster, @Nullable Long generation) {
		this(cluster, generation, null, null);
	}

	public GenerationHistory(String cluster, @Nullable Long generation, @Nullable Long at) {
		this(cluster, generation, at, null);
	}

	@Override
	public Comparison compare(History other) {
		if (!(other instanceof GenerationHistory that)) {
			return Comparison.UNKNOWN;
		}
		if (!this.cluster.equals(that.cluster)) {
			return new Comparison(Relation.FOREIGN, null);
		}
		if (this.generation == null || that.generation == null || this.generation.equals(that.generation)) {
			return comparePositions(that);
		}
		if (that.generation < this.generation) {
			return new Comparison(Relation.DIVERGED, null);
		}
		return new Comparison(Relation.CONTINUES,
				(this.at != null && that.branchedAt != null) ? (Long) Math.max(0, this.at - that.branchedAt) : null);
	}

	private Comparison comparePositions(GenerationHistory that) {
		if (this.at == null || that.at == null) {
			return new Comparison(Relation.SAME, null);
		}
		long lacks = this.at - that.at;
		return (lacks > 0) ? new Comparison(Relation.BEHIND, lacks)
				: new Comparison((lacks < 0) ? Relation.AHEAD : Relation.SAME, 0L);
	}

	@Override
	public boolean isPromoted() {
		return this.generation != null && this.generation > 1;
	}

	@Override
	public @Nullable LogPosition position() {
		return (this.at != null) ? new LogPosition(this.at.toString()) : null;
	}

	@Override
	public boolean holds(LogPosition position) {
		return this.at != null && this.at >= Long.parseLong(position.text());
	}

	@Override
	public String toString() {
		return (this.generation != null) ? this.cluster + "/" + this.generation : this.cluster;
	}

}
