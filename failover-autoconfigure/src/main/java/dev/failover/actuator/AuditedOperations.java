package dev.failover.actuator;

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
import dev.failover.actuator.OperationRequest.MalformedRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Carries out what operators request. Begin and end of each operation are audit events.
 * <p>
 * Thread-safe.
 */
final class AuditedOperations {

	private static final String AUDIT_TYPE = "FAILOVER_OPERATION";

	private final FailoverEndpoint endpoint;

	private final Failover failover;

	private final ApplicationEventPublisher events;

	/**
	 * Creates the operations.
	 * @param endpoint provides the state after an operation
	 * @param failover carries out the operations
	 * @param events receives the audit events
	 */
	AuditedOperations(FailoverEndpoint endpoint, Failover failover, ApplicationEventPublisher events) {
		this.endpoint = endpoint;
		this.failover = failover;
		this.events = events;
	}

	/**
	 * Carries out an operation and returns when it has ended. A caller that is
	 * interrupted does not end the operation, whose end is audited later.
	 * @return the new state, for a drill its report
	 * @throws MalformedRequestException with the reason, if parameters cannot be used
	 * @throws OperationRefusedException if it cannot be done now
	 * @throws IllegalStateException with its cause, if it failed unexpectedly
	 */
	OperationResponseBody carryOut(Call call) throws InterruptedException {
		OperationRequest request = parse(call);
		publish(call, "begun");
		CompletableFuture<?> outcome = begin(call, request);
		try {
			Object result = outcome.get();
			publish(call, "done");
			return (result instanceof DrillReport report) ? DrillDescriptor.of(report) : this.endpoint.failover();
		}
		catch (ExecutionException ex) {
			throw ended(call, request, ex.getCause());
		}
		catch (InterruptedException ex) {
			outcome.whenComplete((result, failure) -> publish(call, (failure != null) ? outcome(failure) : "done"));
			throw ex;
		}
	}

	private CompletableFuture<?> begin(Call call, OperationRequest request) {
		try {
			return start(request, OperationRequest.clean(call.operator()));
		}
		catch (Throwable ex) {
			throw ended(call, request, ex);
		}
	}

	/**
	 * Audits the failure of an operation.
	 * @return the exception for the caller
	 */
	private RuntimeException ended(Call call, OperationRequest request, @Nullable Throwable failure) {
		publish(call, outcome(failure));
		return (failure instanceof OperationRefusedException refused) ? refused
				: new IllegalStateException("The operation '" + request.action().label() + "' failed", failure);
	}

	private static String outcome(@Nullable Throwable failure) {
		return (failure instanceof OperationRefusedException) ? "refused: " + failure.getMessage()
				: "failed: " + failure;
	}

	private OperationRequest parse(Call call) {
		try {
			return OperationRequest.parse(call.action(), call.target(), call.force(), call.fault(), call.duration(),
					this.failover.state().nodes().stream().map(NodeStatus::node).toList());
		}
		catch (MalformedRequestException ex) {
			publish(call, "malformed: " + ex.getMessage());
			throw ex;
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

	private void publish(Call call, String outcome) {
		this.events.publishEvent(new AuditApplicationEvent(call.operator(), AUDIT_TYPE, call.auditData(outcome)));
	}

	/**
	 * Request as the operator sent it.
	 *
	 * @param operator name of the caller
	 */
	record Call(String operator, @Nullable String action, @Nullable String target, @Nullable String force,
			@Nullable String fault, @Nullable String duration) {

		private Map<String, Object> auditData(String outcome) {
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
