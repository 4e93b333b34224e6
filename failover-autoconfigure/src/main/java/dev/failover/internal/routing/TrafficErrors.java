package dev.failover.internal.routing;

import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.internal.error.ErrorClassification;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Error hook of a pool: called for every {@link SQLException} on a pooled connection, on
 * the caller's thread. Raises a suspicion if the error could mean that the node is lost.
 * Never throws, never blocks, does no I/O. An override that the application has
 * configured decides about the eviction.
 */
final class TrafficErrors implements SQLExceptionOverride {

	private final Node node;

	private final ErrorClassification errors;

	private final Supplier<Route> route;

	private final Reactions reactions;

	private final @Nullable SQLExceptionOverride own;

	private final ProbedRole role = new ProbedRole();

	private final FaultMarker marker;

	private final LongAdder failures = new LongAdder();

	/**
	 * Creates the hook of one pool.
	 * @param own the application's own override, or null
	 */
	TrafficErrors(Node node, ErrorClassification errors, Supplier<Route> route, Reactions reactions,
			@Nullable SQLExceptionOverride own) {
		this.node = node;
		this.errors = errors;
		this.route = route;
		this.reactions = reactions;
		this.own = own;
		this.marker = new FaultMarker(node, errors, route, this.role, reactions.listener());
	}

	/**
	 * Returns whether an error of that class could mean that the node is lost, or must
	 * not be used.
	 */
	static boolean isSuspicious(ErrorClass errorClass) {
		return errorClass == ErrorClass.CONNECTION_LOST || errorClass == ErrorClass.STARTING_UP
				|| errorClass == ErrorClass.UNUSABLE;
	}

	@java.lang.Override
	public Override adjudicate(SQLException error) {
		ErrorClass errorClass = this.errors.classify(error);
		if (errorClass != ErrorClass.APPLICATION) {
			this.failures.increment();
		}
		if (isSuspicious(errorClass)) {
			this.reactions.listener().suspected();
		}
		else if (errorClass == ErrorClass.READ_ONLY) {
			writeRefused();
		}
		else if (errorClass == ErrorClass.REFUSED_BY_REPLICA) {
			refusedByReplica();
		}
		this.marker.mark(error, errorClass);
		return askOwn(error,
				(errorClass == ErrorClass.REFUSED_BY_REPLICA) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT);
	}

	private Override askOwn(SQLException error, Override others) {
		try {
			return (this.own != null) ? this.own.adjudicate(error) : others;
		}
		catch (Throwable ex) {
			error.addSuppressed(ex);
			return others;
		}
	}

	/**
	 * Reacts to a refused write. If the node for writes refused it, though not because
	 * Spring's transaction is read-only, the node may have been demoted, which only a
	 * probe tells: the application can have made its session read-only itself.
	 */
	private void writeRefused() {
		Route route = this.route.get();
		if (this.node.equals(route.writes())) {
			if (!TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
				this.reactions.listener().suspected();
			}
		}
		else if (route.writes() == null && !TransactionSynchronizationManager.isActualTransactionActive()) {
			RefusedWrites.add(route);
		}
	}

	/**
	 * Reacts to work that only a server that accepts writes can do. Its connection is
	 * sound. On the node for writes, it means that the node was demoted.
	 */
	private void refusedByReplica() {
		if (this.node.equals(this.route.get().writes())) {
			this.reactions.listener().suspected();
			this.reactions.retire().run();
		}
	}

	/**
	 * Records the outcome of a probe, which explains refused writes.
	 * @param role the role, {@code UNKNOWN} if the node did not tell it
	 * @param startedNanos {@link System#nanoTime()} at which the probe began
	 */
	void probed(Role role, long startedNanos) {
		this.role.probed(role, startedNanos);
	}

	/**
	 * Returns the number of errors that concern the node.
	 */
	long failures() {
		return this.failures.sum();
	}

	/**
	 * Reactions to errors. They must not block.
	 *
	 * @param listener raises a suspicion against the node, and counts unknown outcomes
	 * @param retire retires the connections that the pool has now
	 */
	record Reactions(TrafficListener listener, Runnable retire) {

	}

}
