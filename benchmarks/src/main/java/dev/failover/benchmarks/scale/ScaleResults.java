package dev.failover.benchmarks.scale;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Size;

/**
 * Results of the scale benchmark, as in its JSON file.
 *
 * @param date start of the measurement
 * @param machine machine of the measurement
 * @param size size of the measurement
 * @param probes cost of the probes for each node
 * @param spreads failovers of idle fleets
 * @param failovers failovers of fleets under load
 */
record ScaleResults(Instant date, Machine machine, Size size, List<ProbeCost> probes, List<DetectionSpread> spreads,
		@JsonProperty("herds") List<LoadedFailover> failovers) {

	/** An instance without a processor can see the mirror late and move twice. */
	private static final int MOST_CHANGES = 2;

	/**
	 * Returns the findings that do not depend on the machine: instances that flap or do
	 * not recover.
	 */
	List<String> findings() {
		List<String> findings = new ArrayList<>();
		for (DetectionSpread spread : this.spreads) {
			if (spread.changes() > MOST_CHANGES * spread.instances()) {
				findings.add(spread.instances() + " instances changed their routes " + spread.changes()
						+ " times after one " + spread.fault());
			}
		}
		for (LoadedFailover failover : this.failovers) {
			if (failover.firstMillis() < 0) {
				findings.add("Not every instance recovered (" + failover.what() + ")");
			}
			if (failover.changes() > MOST_CHANGES * failover.instances()) {
				findings.add(failover.instances() + " instances changed their routes " + failover.changes() + " times ("
						+ failover.what() + ")");
			}
		}
		return findings;
	}

	/**
	 * Cost of the probes of a fleet for a node.
	 *
	 * @param node the node
	 * @param instances size of the fleet
	 * @param seconds length of the measurement
	 * @param queries queries of an instance in a second
	 * @param connections connections that an instance keeps for its probes
	 * @param logins logins of an instance in a second
	 * @param cpu processor seconds of the server for an instance in a second; 0 where the
	 * system does not tell
	 */
	record ProbeCost(String node, int instances, double seconds, double queries, double connections, double logins,
			double cpu) {

	}

	/**
	 * Failover of an idle fleet.
	 *
	 * @param fault what happened to the node
	 * @param instances size of the fleet
	 * @param millis time from the fault to the new route of each instance, ascending
	 * @param changes route changes of the whole fleet, at best one for each instance
	 */
	record DetectionSpread(String fault, int instances, List<Double> millis, int changes) {

	}

	/**
	 * Failover of a fleet under load to a server with few connections.
	 *
	 * @param what description of the pools
	 * @param instances size of the fleet
	 * @param wanted connections that all pools want together
	 * @param limit connections that the server admits
	 * @param firstMillis time from the fault until each instance had one success;
	 * negative if one had none
	 * @param recoveredMillis time from the fault until each thread had one success;
	 * negative if one had none
	 * @param failed failed calls
	 * @param longestMillis longest call
	 * @param changes route changes of the whole fleet, at best one for each instance
	 */
	record LoadedFailover(String what, int instances, int wanted, int limit, double firstMillis,
			@JsonProperty("wholeMillis") double recoveredMillis, long failed, double longestMillis, int changes) {

	}

}
