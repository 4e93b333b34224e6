package dev.failover.actuator;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.failover.DrillReport;
import dev.failover.Failover;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import dev.failover.actuator.OperationAnswer.DrillDescriptor;
import dev.failover.actuator.OperationAnswer.ProblemDescriptor;
import dev.failover.actuator.OperationRequest.MalformedRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
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

	private static final String AUDIT_TYPE = "FAILOVER_OPERATION";

	private static final int CONFLICT = 409;

	private final FailoverEndpoint endpoint;

	private final Failover failover;

	private final ApplicationEventPublisher events;

	/**
	 * Creates the extension.
	 * @param endpoint provides the state after the operation
	 * @param failover carries out the operations
	 * @param events receives the audit events
	 */
	public FailoverEndpointWebExtension(FailoverEndpoint endpoint, Failover failover,
			ApplicationEventPublisher events) {
		this.endpoint = endpoint;
		this.failover = failover;
		this.events = events;
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
		Audit audit = new Audit(operator(security), action, target, force, fault, duration);
		OperationRequest request;
		try {
			request = OperationRequest.parse(action, target, force, fault, duration,
					this.failover.state().nodes().stream().map(NodeStatus::node).toList());
		}
		catch (MalformedRequestException ex) {
			publish(audit, "malformed: " + ex.getMessage());
			return problem(WebEndpointResponse.STATUS_BAD_REQUEST, "Malformed request", ex);
		}
		publish(audit, "begun");
		return carryOut(request, audit);
	}

	private WebEndpointResponse<Object> carryOut(OperationRequest request, Audit audit) throws InterruptedException {
		try {
			Object result = start(request, OperationRequest.clean(audit.operator())).get();
			publish(audit, "done");
			return new WebEndpointResponse<>(
					(result instanceof DrillReport report) ? DrillDescriptor.of(report) : this.endpoint.failover());
		}
		catch (OperationRefusedException ex) {
			return refused(audit, ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof OperationRefusedException refused) {
				return refused(audit, refused);
			}
			publish(audit, "failed: " + ex.getCause());
			throw new IllegalStateException("The operation '" + request.action().label() + "' failed", ex.getCause());
		}
	}

	private CompletableFuture<?> start(OperationRequest request, String operator) {
		return switch (request.action()) {
			case SWITCHOVER ->
				this.failover.switchover(Objects.requireNonNull(request.target()), request.force(), operator);
			case FAILBACK -> this.failover.failback(operator);
			case PAUSE -> this.failover.pause(operator);
			case RESUME -> this.failover.resume(operator);
			case DRILL -> this.failover.drill(Objects.requireNonNull(request.fault()),
					Objects.requireNonNull(request.duration()), operator);
		};
	}

	private WebEndpointResponse<Object> refused(Audit audit, OperationRefusedException refused) {
		publish(audit, "refused: " + refused.getMessage());
		return problem(CONFLICT, "Refused", refused);
	}

	private static WebEndpointResponse<Object> problem(int status, String title, Exception reason) {
		return new WebEndpointResponse<>(new ProblemDescriptor(title, status, String.valueOf(reason.getMessage())),
				status);
	}

	private void publish(Audit audit, String outcome) {
		this.events.publishEvent(new AuditApplicationEvent(audit.operator(), AUDIT_TYPE, audit.data(outcome)));
	}

	private static String operator(SecurityContext security) {
		Principal principal = security.getPrincipal();
		return (principal != null) ? principal.getName() : "anonymous";
	}

	/**
	 * Content of the audit events of one request, as the caller sent it.
	 */
	private record Audit(String operator, @Nullable String action, @Nullable String target, @Nullable String force,
			@Nullable String fault, @Nullable String duration) {

		Map<String, Object> data(String outcome) {
			Map<String, Object> data = new LinkedHashMap<>();
			put(data, "action", this.action);
			put(data, "target", this.target);
			put(data, "fault", this.fault);
			put(data, "duration", this.duration);
			data.put("force", Boolean.parseBoolean(this.force));
			data.put("outcome", outcome);
			return data;
		}

		private static void put(Map<String, Object> data, String name, @Nullable String value) {
			if (value != null) {
				data.put(name, OperationRequest.clean(value));
			}
		}

	}

}
