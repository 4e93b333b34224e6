package dev.failover.internal.policy.exploration;

import java.util.stream.IntStream;

import dev.failover.History;
import dev.failover.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * {@link History} of a model server, as an ideal dialect reads it: it knows all events.
 *
 * @param packed the {@link PackedHistory}
 */
record ModelHistory(int packed) implements History {

	private static final ModelHistory[] ALL = IntStream.range(0, 1 << PackedHistory.BITS)
		.mapToObj(ModelHistory::new)
		.toArray(ModelHistory[]::new);

	private static final Comparison FOREIGN = new Comparison(Relation.FOREIGN, null);

	private static final Comparison[][] RESULTS = IntStream.range(0, Relation.values().length)
		.mapToObj((relation) -> IntStream.rangeClosed(0, PackedHistory.MAX_EVENTS)
			.mapToObj((lacks) -> new Comparison(Relation.values()[relation], (long) lacks))
			.toArray(Comparison[]::new))
		.toArray(Comparison[][]::new);

	static ModelHistory of(int packed) {
		return ALL[packed];
	}

	@Override
	public Comparison compare(History other) {
		return compare(this.packed, ((ModelHistory) other).packed);
	}

	/**
	 * Compares a history with a reference.
	 */
	static Comparison compare(int reference, int other) {
		if (!PackedHistory.sameCluster(reference, other)) {
			return FOREIGN;
		}
		return RESULTS[relation(reference, other).ordinal()][PackedHistory.lacked(reference, other)];
	}

	private static Relation relation(int reference, int other) {
		if (PackedHistory.continues(other, reference)) {
			return Relation.CONTINUES;
		}
		boolean lacks = PackedHistory.lacked(reference, other) != 0;
		if (PackedHistory.lacked(other, reference) == 0) {
			return lacks ? Relation.BEHIND : Relation.SAME;
		}
		return lacks ? Relation.DIVERGED : Relation.AHEAD;
	}

	@Override
	public boolean isPromoted() {
		return PackedHistory.promotions(this.packed) != 0;
	}

	@Override
	public @Nullable LogPosition position() {
		return null;
	}

	@Override
	public boolean holds(LogPosition position) {
		return false;
	}

	@Override
	public String toString() {
		return PackedHistory.describe(this.packed);
	}

}
