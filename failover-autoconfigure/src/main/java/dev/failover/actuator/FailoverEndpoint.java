package dev.failover.actuator;

import java.util.List;
import java.util.function.Supplier;

import dev.failover.Failover;
import dev.failover.Operation.Action;
import dev.failover.OperationRefusedException;
import dev.failover.actuator.AuditedOperations.Call;
import dev.failover.actuator.OperationRequest.MalformedRequestException;
import dev.failover.internal.doctor.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;

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
	@ManagedOperation(description = "Shows mode, route, nodes, conditions, changes of the route and findings")
	FailoverDescriptor failover() {
		return FailoverDescriptor.of(this.failover.state(), this.failover::pool, this.findings.get());
	}

	/**
	 * {@link EndpointJmxExtension @EndpointJmxExtension} with one MBean operation for
	 * each operation of an operator. It needs
	 * {@code management.endpoint.failover.access=unrestricted}.
	 * <p>
	 * Thread-safe. Each operation returns when it has ended. The caller of its audit
	 * events is {@code jmx}. A refusal is an {@link IllegalStateException}, a parameter
	 * that cannot be used an {@link IllegalArgumentException}, both with the reason and
	 * without a cause: a client does not have the classes of the application.
	 */
	@EndpointJmxExtension(endpoint = FailoverEndpoint.class)
	public static final class JmxExtension {

		private static final String OPERATOR = "jmx";

		private final AuditedOperations operations;

		/**
		 * Creates the extension.
		 * @param endpoint provides the state after the operation
		 * @param failover carries out the operations
		 * @param events receives the audit events
		 */
		public JmxExtension(FailoverEndpoint endpoint, Failover failover, ApplicationEventPublisher events) {
			this.operations = new AuditedOperations(endpoint, failover, events);
		}

		@WriteOperation
		@ManagedOperation(description = "Moves writes to a node, returns the new state")
		@ManagedOperationParameter(name = "target", description = "Name of the node, such as mirror")
		@ManagedOperationParameter(name = "force",
				description = "Whether to accept a node that lags, is not verified or has diverged; what it lacks is lost")
		OperationResponseBody switchover(@Nullable String target, @Nullable Boolean force) {
			return carryOut(Action.SWITCHOVER, target, force, null, null);
		}

		@WriteOperation
		@ManagedOperation(description = "Moves writes back to the primary, returns the new state")
		OperationResponseBody failback() {
			return carryOut(Action.FAILBACK, null, null, null, null);
		}

		@WriteOperation
		@ManagedOperation(description = "Stops automatic changes of the route, returns the new state")
		OperationResponseBody pause() {
			return carryOut(Action.PAUSE, null, null, null, null);
		}

		@WriteOperation
		@ManagedOperation(description = "Allows automatic changes of the route again, returns the new state")
		OperationResponseBody resume() {
			return carryOut(Action.RESUME, null, null, null, null);
		}

		@WriteOperation
		@ManagedOperation(description = "Rehearses the loss of the node that takes writes, returns a report")
		@ManagedOperationParameter(name = "fault", description = "refuse, freeze or read-only")
		@ManagedOperationParameter(name = "duration", description = "Time for which the fault lasts, such as 10s")
		OperationResponseBody drill(@Nullable String fault, @Nullable String duration) {
			return carryOut(Action.DRILL, null, null, fault, duration);
		}

		private OperationResponseBody carryOut(Action action, @Nullable String target, @Nullable Boolean force,
				@Nullable String fault, @Nullable String duration) {
			try {
				return this.operations.carryOut(new Call(OPERATOR, action.label(), target,
						(force != null) ? force.toString() : null, fault, duration));
			}
			catch (MalformedRequestException ex) {
				throw new IllegalArgumentException(ex.getMessage());
			}
			catch (OperationRefusedException ex) {
				throw new IllegalStateException(ex.getMessage());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("The thread that waited for the operation '" + action.label()
						+ "' was interrupted. The operation goes on; the log tells its end");
			}
			catch (IllegalStateException ex) {
				Throwable cause = ex.getCause();
				throw new IllegalStateException((cause != null) ? ex.getMessage() + ": " + cause : ex.getMessage());
			}
		}

	}

}
