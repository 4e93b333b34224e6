package dev.failover.it.faults;

import java.time.Duration;
import java.util.Map;

import dev.failover.embedded.EmbeddedPair;

/**
 * Options of the pair that a scenario runs on.
 *
 * @param synchronous whether commits wait for the mirror
 * @param promoteAfter time after which the cluster manager promotes the mirror, null for
 * no manager
 * @param monitoring whether the application may read the replication statistics
 * @param settings settings of both servers
 * @param mirrorEnvironment environment variables of the mirror's server processes
 */
record PairOptions(boolean synchronous, Duration promoteAfter, boolean monitoring, Map<String, String> settings,
		Map<String, String> mirrorEnvironment) {

	/** Synchronous replication; the manager promotes the mirror after a second. */
	static final PairOptions MANAGED = new PairOptions(true, Duration.ofSeconds(1), true, Map.of(), Map.of());

	/** Synchronous replication without a manager. */
	static final PairOptions SYNCHRONOUS = new PairOptions(true, null, true, Map.of(), Map.of());

	/** Asynchronous replication without a manager. */
	static final PairOptions PLAIN = new PairOptions(false, null, true, Map.of(), Map.of());

	static final String PASSWORD = "of-the-tests";

	PairOptions with(String setting, String value) {
		return new PairOptions(this.synchronous, this.promoteAfter, this.monitoring, Map.of(setting, value),
				this.mirrorEnvironment);
	}

	PairOptions withoutMonitoring() {
		return new PairOptions(this.synchronous, this.promoteAfter, false, this.settings, this.mirrorEnvironment);
	}

	PairOptions withMirrorEnvironment(Map<String, String> variables) {
		return new PairOptions(this.synchronous, this.promoteAfter, this.monitoring, this.settings, variables);
	}

	/**
	 * Returns whether several scenarios use these options, so that the pair is kept.
	 */
	boolean isCommon() {
		return equals(MANAGED) || equals(SYNCHRONOUS);
	}

	EmbeddedPair start() {
		EmbeddedPair.Builder builder = EmbeddedPair.builder()
			.password(PASSWORD)
			.synchronous(this.synchronous)
			.promoteAfter(this.promoteAfter)
			.grantMonitoring(this.monitoring)
			.environment("mirror", this.mirrorEnvironment);
		this.settings.forEach(builder::setting);
		return builder.start();
	}

}
