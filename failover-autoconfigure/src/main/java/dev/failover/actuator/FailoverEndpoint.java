package dev.failover.actuator;

import java.util.List;
import java.util.function.Supplier;

import dev.failover.Failover;
import dev.failover.internal.doctor.Finding;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@link Endpoint @Endpoint} that shows the route, the nodes, the conditions, recent
 * changes of the route and the findings of the doctor.
 * <p>
 * Thread-safe. A read operation never opens a connection, never shows a URL or a
 * credential, and blocks only until the engine is built.
 */
@Endpoint(id = "failover", defaultAccess = Access.READ_ONLY)
public final class FailoverEndpoint {

	private final Failover failover;

	private final Supplier<List<Finding>> findings;

	/**
	 * Creates the endpoint.
	 * @param failover provides the current state
	 * @param findings provides the current findings of the doctor
	 */
	public FailoverEndpoint(Failover failover, Supplier<List<Finding>> findings) {
		this.failover = failover;
		this.findings = findings;
	}

	/**
	 * Returns the current state.
	 */
	@ReadOperation
	FailoverDescriptor failover() {
		return FailoverDescriptor.of(this.failover.state(), this.failover::pool, this.findings.get());
	}

}
