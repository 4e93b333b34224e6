package dev.failover.actuator;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import dev.failover.monitor.FailoverRuntime;
import dev.failover.monitor.OperationRefusedException;
import dev.failover.topology.Node;
import dev.failover.topology.NodeStatus;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Lets an operator steer: {@code switchover}, {@code failback}, {@code hold},
 * {@code release}. Needs {@code management.endpoint.failover.access=unrestricted}.
 * <p>
 * Thread-safe. Every request is an audit event, with the caller's name where Spring
 * Security gives one; a refusal is an answer of status 400 (malformed) or 409 (not now)
 * with its reason.
 */
@EndpointWebExtension(endpoint = FailoverEndpoint.class)
public final class FailoverEndpointWebExtension {

	private static final List<String> ACTIONS = List.of("switchover", "failback", "hold", "release");

	private final FailoverEndpoint endpoint;

	private final FailoverRuntime runtime;

	private final ApplicationEventPublisher events;

	/**
	 * Create the extension.
	 * @param endpoint shows the state after the operation
	 * @param runtime carries out what is asked
	 * @param events takes the audit events
	 */
	public FailoverEndpointWebExtension(FailoverEndpoint endpoint, FailoverRuntime runtime,
			ApplicationEventPublisher events) {
		this.endpoint = endpoint;
		this.runtime = runtime;
		this.events = events;
	}

	/**
	 * Carry out an operation; answers when it is done.
	 * @param action what to do
	 * @param target node to move to, for {@code switchover}
	 * @param force whether a copy that lags, is not verified or has diverged will do
	 */
	@WriteOperation
	WebEndpointResponse<Object> operate(SecurityContext security, String action, @Nullable String target,
			@Nullable Boolean force) throws InterruptedException {
		String operator = operator(security);
		String problem = malformed(action, target);
		if (problem != null) {
			audit(operator, action, target, force, "malformed: " + problem);
			return problem(WebEndpointResponse.STATUS_BAD_REQUEST, "Malformed request", problem);
		}
		try {
			start(action, target, Boolean.TRUE.equals(force), operator).get();
			audit(operator, action, target, force, "done");
			return new WebEndpointResponse<>(this.endpoint.failover());
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof OperationRefusedException refused) {
				audit(operator, action, target, force, "refused: " + refused.getMessage());
				return problem(409, "Refused", String.valueOf(refused.getMessage()));
			}
			throw new IllegalStateException("The operation '" + action + "' failed", ex.getCause());
		}
	}

	private @Nullable String malformed(String action, @Nullable String target) {
		if (!ACTIONS.contains(action)) {
			return "The action '" + action + "' is unknown; use one of " + String.join(", ", ACTIONS);
		}
		if (action.equals("switchover") && (target == null || !nodes().contains(target))) {
			return "The target '" + target + "' is unknown; use one of " + String.join(", ", nodes());
		}
		return null;
	}

	private List<String> nodes() {
		return this.runtime.current().nodes().stream().map(NodeStatus::node).map(Node::name).toList();
	}

	private CompletableFuture<?> start(String action, @Nullable String target, boolean force, String operator) {
		return switch (action) {
			case "switchover" -> this.runtime.switchover(new Node(String.valueOf(target)), force, operator);
			case "failback" -> this.runtime.failback(operator);
			case "hold" -> this.runtime.hold();
			default -> this.runtime.release();
		};
	}

	private void audit(String operator, String action, @Nullable String target, @Nullable Boolean force,
			String outcome) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("action", action);
		if (target != null) {
			data.put("target", target);
		}
		data.put("force", Boolean.TRUE.equals(force));
		data.put("outcome", outcome);
		this.events.publishEvent(new AuditApplicationEvent(operator, "FAILOVER_OPERATION", data));
	}

	private static String operator(SecurityContext security) {
		Principal principal = security.getPrincipal();
		return (principal != null) ? principal.getName() : "anonymous";
	}

	private static WebEndpointResponse<Object> problem(int status, String title, String detail) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("title", title);
		body.put("status", status);
		body.put("detail", detail);
		return new WebEndpointResponse<>(body, status);
	}

}
