package dev.failover.actuator;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.NodeStatus;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * {@link InfoContributor} that shows the version of failover, its nodes and its detection
 * budget. Shows no URL and no credential.
 * <p>
 * Thread-safe.
 */
public final class FailoverInfoContributor implements InfoContributor {

	private final Failover failover;

	/**
	 * Creates the contributor.
	 * @param failover provides the current state
	 */
	public FailoverInfoContributor(Failover failover) {
		this.failover = failover;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> details = new LinkedHashMap<>();
		String version = Failover.class.getPackage().getImplementationVersion();
		details.put("version", (version != null) ? version : "unknown");
		try {
			describe(this.failover.state(), details);
		}
		catch (IllegalStateException ex) {
			details.put("error", String.valueOf(ex.getMessage()));
		}
		builder.withDetail("failover", details);
	}

	private static void describe(FailoverState state, Map<String, Object> details) {
		details.put("detectionBudget", state.detectionBudget().toString());
		Map<String, Object> nodes = new LinkedHashMap<>();
		state.nodes().forEach((status) -> nodes.put(status.node().name(), describe(status)));
		details.put("nodes", nodes);
	}

	private static Map<String, Object> describe(NodeStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("address", status.address());
		details.put("server", (status.server() != null) ? status.server() : "unknown");
		return details;
	}

}
