package dev.failover.internal.doctor;

import java.time.Duration;

/**
 * When the doctor looks.
 *
 * @param settle how long things may settle after the start and after a node's state
 * changed
 * @param followUp when to look again after that
 * @param period when to look again otherwise
 */
public record Rounds(Duration settle, Duration followUp, Duration period) {

	/**
	 * The usual rounds.
	 * @param detectionBudget longest time from the loss of a node to the new route; in
	 * twice that, each node has answered more than once
	 */
	public static Rounds usual(Duration detectionBudget) {
		return new Rounds(detectionBudget.multipliedBy(2), Duration.ofMinutes(1), Duration.ofMinutes(10));
	}

}
