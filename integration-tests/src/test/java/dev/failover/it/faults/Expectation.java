package dev.failover.it.faults;

import java.time.Duration;
import java.util.Set;

import dev.failover.Mode;

/**
 * What a scenario must end in. Nothing may ever be lost or duplicated, nor two servers
 * acknowledge writes in one epoch.
 *
 * @param least route changes at least
 * @param most route changes at most
 * @param mode mode at the end
 * @param ready whether the mirror could take over at the end, null for either
 * @param failures failed calls at most
 * @param longest no call may take longer
 * @param conditions conditions that must have been raised
 */
record Expectation(int least, int most, Mode mode, Boolean ready, long failures, Duration longest,
		Set<String> conditions) {

	/**
	 * Nothing happens: no route change; clients may notice.
	 */
	static Expectation noChange() {
		return changes(0, 0, Mode.NORMAL);
	}

	/**
	 * That many changes of the route, and that mode at the end.
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

	Expectation conditions(String... raised) {
		return new Expectation(this.least, this.most, this.mode, this.ready, this.failures, this.longest,
				Set.of(raised));
	}

}
