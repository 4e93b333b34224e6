package dev.failover.it.faults;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import dev.failover.Condition;
import dev.failover.Mode;
import dev.failover.Node;

/**
 * Expected result of a scenario. In addition, no scenario may lose or duplicate a write,
 * or have two servers that acknowledge writes in one epoch.
 *
 * @param least lowest number of route changes
 * @param most highest number of route changes
 * @param mode mode at the end
 * @param ready whether the mirror can take over at the end, null for either
 * @param failures highest number of failed calls
 * @param longest longest time that a call may take
 * @param conditions conditions that must have been raised
 */
record Expectation(int least, int most, Mode mode, Boolean ready, long failures, Duration longest,
		Set<Raised> conditions) {

	Expectation {
		conditions = Set.copyOf(conditions);
	}

	/**
	 * Expects no change of the route; calls may be slow or fail.
	 */
	static Expectation noChange() {
		return changes(0, 0, Mode.NORMAL);
	}

	/**
	 * Expects a number of changes of the route, and a mode at the end.
	 */
	static Expectation changes(int least, int most, Mode mode) {
		return new Expectation(least, most, mode, null, Long.MAX_VALUE, Duration.ofSeconds(10), Set.of());
	}

	Expectation ready(boolean expected) {
		return new Expectation(this.least, this.most, this.mode, expected, this.failures, this.longest,
				this.conditions);
	}

	Expectation failures(long atMost) {
		return new Expectation(this.least, this.most, this.mode, this.ready, atMost, this.longest, this.conditions);
	}

	Expectation longest(Duration atMost) {
		return new Expectation(this.least, this.most, this.mode, this.ready, this.failures, atMost, this.conditions);
	}

	Expectation condition(Condition.Kind kind) {
		return condition(kind, null);
	}

	/**
	 * Expects that a condition was raised, in addition to those expected so far.
	 */
	Expectation condition(Condition.Kind kind, String node) {
		Set<Raised> all = new HashSet<>(this.conditions);
		all.add(new Raised(kind, (node != null) ? new Node(node) : null));
		return new Expectation(this.least, this.most, this.mode, this.ready, this.failures, this.longest, all);
	}

	/**
	 * A condition without its moment and detail.
	 *
	 * @param kind kind of the condition
	 * @param node node that it is about, or null if it is about the whole
	 */
	record Raised(Condition.Kind kind, Node node) {

		static Raised of(Condition condition) {
			return new Raised(condition.kind(), condition.node());
		}

	}

}
