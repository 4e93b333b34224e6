package dev.failover.actuator;

import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.failover.DrillFault;
import dev.failover.DrillReport;
import dev.failover.Failover;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Lets an operator steer: {@code switchover}, {@code failback}, {@code pause},
 * {@code resume}, {@code drill}. Needs
 * {@code management.endpoint.failover.access=unrestricted}.
 * <p>
 * Thread-safe. Every request is an audit event, with the caller's name where Spring
 * Security gives one; a refusal is an answer of status 400 (malformed) or 409 (not now)
 * with its reason.
 */
@EndpointWebExtension(endpoint = FailoverEndpoint.class)
public final class FailoverEndpointWebExtension {

	private static final List<String> ACTIONS = List.of("switchover", "failback", "pause", "resume", "drill");

	private static final Map<String, DrillFault> FAULTS = new TreeMap<>(
			Map.of("refuse", DrillFault.REFUSE, "freeze", DrillFault.FREEZE, "read-only", DrillFault.READ_ONLY));

	private static final int CONFLICT = 409;

	private final FailoverEndpoint endpoint;

	private final Failover failover;

	private final ApplicationEventPublisher events;

	/**
	 * Create the extension.
	 * @param endpoint shows the state after the operation
	 * @param failover carries out what is asked
	 * @param events takes the audit events
	 */
	public FailoverEndpointWebExtension(FailoverEndpoint endpoint, Failover failover,
			ApplicationEventPublisher events) {
		this.endpoint = endpoint;
		this.failover = failover;
		this.events = events;
	}

	/**
	 * Carry out an operation; answers when it is done.
	 * @param action what to do
	 * @param target node to move to, for {@code switchover}
	 * @param force whether a copy that lags, is not verified or has diverged will do
	 * @param fault what to rehearse, for {@code drill}: {@code refuse}, {@code freeze} or
	 * {@code read-only}
	 * @param duration how long, for {@code drill}
	 */
	@WriteOperation
	WebEndpointResponse<Object> operate(SecurityContext security, String action, @Nullable String target,
			@Nullable Boolean force, @Nullable String fault, @Nullable Duration duration) throws InterruptedException {
		Request request = new Request(action, target, Boolean.TRUE.equals(force), fault, duration, operator(security));
		String problem = malformed(request);
		if (problem != null) {
			audit(request, "malformed: " + problem);
			return problem(WebEndpointResponse.STATUS_BAD_REQUEST, "Malformed request", problem);
		}
		try {
			Object outcome = start(request).get();
			audit(request, "done");
			return new WebEndpointResponse<>((outcome instanceof DrillReport) ? outcome : this.endpoint.failover());
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof OperationRefusedException refused) {
				return refusal(request, refused);
			}
			throw new IllegalStateException("The operation '" + action + "' failed", ex.getCause());
		}
		catch (OperationRefusedException ex) {
			return refusal(request, ex);
		}
	}

	private WebEndpointResponse<Object> refusal(Request request, OperationRefusedException refused) {
		audit(request, "refused: " + refused.getMessage());
		return problem(CONFLICT, "Refused", String.valueOf(refused.getMessage()));
	}

	private @Nullable String malformed(Request request) {
		String action = request.action();
		if (!ACTIONS.contains(action)) {
			return "The action '" + action + "' is unknown; use one of " + String.join(", ", ACTIONS);
		}
		if (action.equals("switchover") && !nodes().contains(String.valueOf(request.target()))) {
			return "The target '" + request.target() + "' is unknown; use one of " + String.join(", ", nodes());
		}
		if (action.equals("drill")
				&& (!FAULTS.containsKey(String.valueOf(request.fault())) || request.duration() == null)) {
			return "A drill needs a duration, such as 10s, and one of the faults " + String.join(", ", FAULTS.keySet());
		}
		return null;
	}

	private List<String> nodes() {
		return this.failover.state().nodes().stream().map(NodeStatus::node).map(Node::name).toList();
	}

	private CompletableFuture<?> start(Request request) {
		return switch (request.action()) {
			case "switchover" -> this.failover.switchover(new Node(String.valueOf(request.target())), request.force(),
					request.operator());
			case "failback" -> this.failover.failback(request.operator());
			case "pause" -> this.failover.pause(request.operator());
			case "drill" -> this.failover.drill(Objects.requireNonNull(FAULTS.get(String.valueOf(request.fault()))),
					Objects.requireNonNull(request.duration()), request.operator());
			default -> this.failover.resume(request.operator());
		};
	}

	private void audit(Request request, String outcome) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("action", request.action());
		data.put("target", String.valueOf(request.target()));
		data.put("force", request.force());
		data.put("outcome", outcome);
		this.events.publishEvent(new AuditApplicationEvent(request.operator(), "FAILOVER_OPERATION", data));
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

	/**
	 * What an operator asks for.
	 */
	private record Request(String action, @Nullable String target, boolean force, @Nullable String fault,
			@Nullable Duration duration, String operator) {
	}

}
