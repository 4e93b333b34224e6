package dev.failover.internal.drill;

import java.time.Clock;
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
import dev.failover.internal.routing.FailoverDataSource;
import dev.failover.internal.routing.NodePool;
import org.jspecify.annotations.Nullable;

/**
 * One drill: begins a rehearsed fault on the node that takes writes, and reports what
 * came of it. Used by one thread.
 */
public final class Drill {

	private final Node node;

	private final DrillFault fault;

	private final Duration duration;

	private final Supplier<FailoverState> states;

	private final FailoverDataSource dataSource;

	private final NodePool pool;

	private final Rehearsal rehearsal;

	private final LongSupplier trafficErrors;

	private final Clock clock;

	private @Nullable Before before;

	public Drill(Node node, DrillFault fault, Duration duration, Supplier<FailoverState> states,
			FailoverDataSource dataSource, NodePool pool, Rehearsal rehearsal, LongSupplier trafficErrors,
			Clock clock) {
		this.node = node;
		this.fault = fault;
		this.duration = duration;
		this.states = states;
		this.dataSource = dataSource;
		this.pool = pool;
		this.rehearsal = rehearsal;
		this.trafficErrors = trafficErrors;
		this.clock = clock;
	}

	/**
	 * Begin the fault. A server that is gone takes its connections with it; one that is
	 * demoted refuses writes in all sessions, as soon as work in flight has given them
	 * back.
	 */
	public void begin() {
		this.before = new Before(this.clock.instant(), this.states.get().route().epoch(), failed(), held());
		this.rehearsal.begin(this.fault);
		if (this.fault == DrillFault.REFUSE) {
			this.pool.abort();
		}
		else if (this.fault == DrillFault.READ_ONLY) {
			this.pool.renew();
		}
	}

	/**
	 * End the fault and tell what came of it.
	 */
	public DrillReport end() {
		Before start = this.before;
		if (start == null) {
			throw new IllegalStateException("The drill has not begun");
		}
		long held = held() - start.held();
		List<RouteChange> changes = this.states.get()
			.changes()
			.stream()
			.filter((change) -> change.epoch() > start.epoch())
			.toList();
		if (this.fault == DrillFault.READ_ONLY) {
			this.rehearsal.relent();
			this.pool.renew();
		}
		this.rehearsal.end();
		return new DrillReport(this.node, this.fault, this.duration, first(changes, start, false),
				first(changes, start, true), failed() - start.failed(), held, changes.size());
	}

	private @Nullable Duration first(List<RouteChange> changes, Before start, boolean served) {
		return changes.stream()
			.filter((change) -> !this.node.equals(change.to()) && (!served || change.to() != null))
			.findFirst()
			.map((change) -> Duration.between(start.at(), change.at()))
			.orElse(null);
	}

	private long held() {
		return this.dataSource.heldRequests() + this.dataSource.waitingRequests();
	}

	private long failed() {
		return this.trafficErrors.getAsLong() + this.dataSource.refusedRequests();
	}

	/**
	 * How things stood at the beginning.
	 */
	private record Before(Instant at, long epoch, long failed, long held) {
	}

}
