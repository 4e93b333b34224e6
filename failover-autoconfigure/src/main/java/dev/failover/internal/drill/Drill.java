package dev.failover.internal.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.failover.DrillFault;
import dev.failover.DrillReport;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.internal.routing.NodePool;
import org.jspecify.annotations.Nullable;

/**
 * One drill: begins a rehearsed fault on the node that accepts writes, and reports its
 * effects. Used by one thread at a time.
 */
public final class Drill {

	private final Order order;

	private final NodePool pool;

	private final Rehearsal rehearsal;

	private final Counters counters;

	private final Supplier<FailoverState> states;

	private @Nullable Start start;

	/**
	 * Creates a drill.
	 * @param pool pool on the node
	 * @param rehearsal rehearsal of the node
	 * @param counters count calls that failed and that were held
	 * @param states provides the current state
	 */
	public Drill(Order order, NodePool pool, Rehearsal rehearsal, Counters counters, Supplier<FailoverState> states) {
		this.order = order;
		this.pool = pool;
		this.rehearsal = rehearsal;
		this.counters = counters;
		this.states = states;
	}

	Duration duration() {
		return this.order.duration();
	}

	/**
	 * Begins the fault. For a server that is gone, all connections are aborted. For a
	 * demoted one, each session is replaced by a read-only one as soon as work in flight
	 * has returned its connection.
	 */
	void begin(Instant now) {
		this.start = new Start(now, this.states.get().route().epoch(), this.counters.failed().getAsLong(),
				this.counters.held().getAsLong());
		this.rehearsal.begin(this.order.fault());
		if (this.order.fault() == DrillFault.REFUSE) {
			this.pool.abort();
		}
		else if (this.order.fault() == DrillFault.READ_ONLY) {
			this.pool.renew();
		}
	}

	/**
	 * Ends the fault and returns the report. The fault ends although the report fails.
	 * @throws IllegalStateException if the drill has not begun
	 */
	DrillReport end() {
		try {
			return report();
		}
		finally {
			abandon();
		}
	}

	/**
	 * Ends the fault, if there is one.
	 */
	void abandon() {
		this.rehearsal.end();
	}

	private DrillReport report() {
		Start begun = this.start;
		if (begun == null) {
			throw new IllegalStateException("The drill has not begun");
		}
		long held = this.counters.held().getAsLong() - begun.held();
		List<RouteChange> changes = this.states.get()
			.changes()
			.stream()
			.filter((change) -> change.epoch() > begun.epoch())
			.toList();
		if (this.order.fault() == DrillFault.READ_ONLY) {
			this.rehearsal.acceptWritesInNewSessions();
			this.pool.renew();
		}
		abandon();
		return new DrillReport(this.order.node(), this.order.fault(), this.order.duration(),
				first(changes, begun, false), first(changes, begun, true),
				this.counters.failed().getAsLong() - begun.failed(), held, changes.size());
	}

	private @Nullable Duration first(List<RouteChange> changes, Start begun, boolean served) {
		return changes.stream()
			.filter((change) -> !this.order.node().equals(change.to()) && (!served || change.to() != null))
			.findFirst()
			.map((change) -> Duration.between(begun.at(), change.at()))
			.orElse(null);
	}

	/**
	 * Drill that an operator has requested.
	 *
	 * @param node the node whose loss is rehearsed
	 * @param fault the fault
	 * @param duration time for which the fault lasts
	 */
	public record Order(Node node, DrillFault fault, Duration duration) {

	}

	/**
	 * Counters of calls since the start of the application.
	 *
	 * @param failed calls that failed because of a node, or found no node
	 * @param held calls that have waited or wait for another route
	 */
	public record Counters(LongSupplier failed, LongSupplier held) {

	}

	/**
	 * State at the beginning of the drill.
	 */
	private record Start(Instant at, long epoch, long failed, long held) {

	}

}
