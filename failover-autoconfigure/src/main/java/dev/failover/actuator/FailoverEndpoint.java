package dev.failover.actuator;

import dev.failover.FailoverStates;
import dev.failover.PoolStatistics;
import dev.failover.internal.doctor.Findings;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the route, the nodes, the conditions, the history and what the doctor found.
 * <p>
 * Thread-safe. Reading it never blocks, never opens a connection and never shows a URL or
 * a credential.
 */
@Endpoint(id = "failover", defaultAccess = Access.READ_ONLY)
public final class FailoverEndpoint {

	private final FailoverStates states;

	private final PoolStatistics pools;

	private final Findings findings;

	/**
	 * Create the endpoint.
	 * @param states tells the current state
	 * @param pools tells how full the pools are
	 * @param findings tells what would hurt on the day of the outage
	 */
	public FailoverEndpoint(FailoverStates states, PoolStatistics pools, Findings findings) {
		this.states = states;
		this.pools = pools;
		this.findings = findings;
	}

	/**
	 * Show all that is known now.
	 */
	@ReadOperation
	FailoverDescriptor failover() {
		return FailoverDescriptor.of(this.states.current(), this.pools, this.findings.current());
	}

}
