package dev.failover.actuator;

import java.security.Principal;

import dev.failover.Failover;
import dev.failover.OperationRefusedException;
import dev.failover.actuator.AuditedOperations.Call;
import dev.failover.actuator.OperationAnswer.ProblemDescriptor;
import dev.failover.actuator.OperationRequest.MalformedRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.context.ApplicationEventPublisher;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} with the operations of an operator:
 * {@code switchover}, {@code failback}, {@code pause}, {@code resume} and {@code drill}.
 * It needs {@code management.endpoint.failover.access=unrestricted}.
 * <p>
 * Thread-safe. Begin and end of each operation are audit events, with the caller's name
 * where Spring Security provides one. A malformed request is answered with status 400, a
 * refused operation with 409, both with the reason.
 */
@EndpointWebExtension(endpoint = FailoverEndpoint.class)
public final class FailoverEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final AuditedOperations operations;

	/**
	 * Creates the extension.
	 * @param endpoint provides the state after the operation
	 * @param failover carries out the operations
	 * @param events receives the audit events
	 */
	public FailoverEndpointWebExtension(FailoverEndpoint endpoint, Failover failover,
			ApplicationEventPublisher events) {
		this.operations = new AuditedOperations(endpoint, failover, events);
	}

	/**
	 * Carries out an operation and answers when it has ended. Parameters are text, so
	 * that a malformed one is answered with a reason.
	 * @param action the action
	 * @param target node to move to, for {@code switchover}
	 * @param force whether to accept a node that lags, is not verified or has diverged,
	 * for {@code switchover}
	 * @param fault fault to rehearse, for {@code drill}: {@code refuse}, {@code freeze}
	 * or {@code read-only}
	 * @param duration time for which to rehearse it, for {@code drill}
	 */
	@WriteOperation
	WebEndpointResponse<Object> operate(SecurityContext security, @Nullable String action, @Nullable String target,
			@Nullable String force, @Nullable String fault, @Nullable String duration) throws InterruptedException {
		try {
			return new WebEndpointResponse<>(
					this.operations.carryOut(new Call(operator(security), action, target, force, fault, duration)));
		}
		catch (MalformedRequestException ex) {
			return problem(WebEndpointResponse.STATUS_BAD_REQUEST, "Malformed request", ex);
		}
		catch (OperationRefusedException ex) {
			return problem(CONFLICT, "Refused", ex);
		}
	}

	private static WebEndpointResponse<Object> problem(int status, String title, Exception reason) {
		return new WebEndpointResponse<>(new ProblemDescriptor(title, status, String.valueOf(reason.getMessage())),
				status);
	}

	private static String operator(SecurityContext security) {
		Principal principal = security.getPrincipal();
		return (principal != null) ? principal.getName() : "anonymous";
	}

}
