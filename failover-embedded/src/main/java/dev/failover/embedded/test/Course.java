package dev.failover.embedded.test;

import java.util.ArrayList;
import java.util.List;

import dev.failover.embedded.test.LossPoint.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Statements and commits of one invocation, in their order, at one of which the node may
 * have to be lost. Thread-safe.
 */
final class Course {

	private final @Nullable Loss loss;

	private final List<LossPoint> points = new ArrayList<>();

	/**
	 * Creates a course.
	 * @param loss the loss, or null if nothing is lost
	 */
	Course(@Nullable Loss loss) {
		this.loss = loss;
	}

	/**
	 * Adds a point.
	 * @return the moment at which the node is lost, or null if it is not lost here
	 */
	synchronized @Nullable Moment add(Kind kind, @Nullable String caller, @Nullable String sql) {
		int number = 1 + (int) count(kind);
		this.points.add(new LossPoint(kind, number, caller, sql));
		return (this.loss != null && this.loss.point().isAt(kind, number)) ? this.loss.moment() : null;
	}

	private long count(Kind kind) {
		return this.points.stream().filter((point) -> point.kind() == kind).count();
	}

	/**
	 * Returns each moment of each point.
	 */
	synchronized List<Loss> losses() {
		List<Loss> losses = new ArrayList<>();
		for (LossPoint point : this.points) {
			for (Moment moment : Moment.values()) {
				losses.add(new Loss(point, moment, count(point.kind())));
			}
		}
		return losses;
	}

}
