package dev.failover.actuator;

import dev.failover.topology.FailoverStates;
import dev.failover.topology.PoolStatistics;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the route, the nodes, the conditions and the history.
 * <p>
 * Thread-safe. Reading it never blocks, never opens a connection and never shows a URL or
 * a credential.
 */
@Endpoint(id = "failover", defaultAccess = Access.READ_ONLY)
public final class FailoverEndpoint {

	private final FailoverStates states;

	private final PoolStatistics pools;

	/**
	 * Create the endpoint.
	 * @param states tells the current state
	 * @param pools tells how full the pools are
	 */
	public FailoverEndpoint(FailoverStates states, PoolStatistics pools) {
		this.states = states;
		this.pools = pools;
	}

	/**
	 * Show all that is known now.
	 */
	@ReadOperation
	FailoverDescriptor failover() {
		return FailoverDescriptor.of(this.states.current(), this.pools);
	}

}
