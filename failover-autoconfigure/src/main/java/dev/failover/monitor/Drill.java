package dev.failover.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.failover.routing.FailoverDataSource;
import dev.failover.routing.NodePool;
import dev.failover.topology.FailoverStates;
import dev.failover.topology.Node;
import dev.failover.topology.Rehearsal;
import dev.failover.topology.Transition;

/**
 * One drill: begins a rehearsed fault on the node that takes writes, and reports what
 * came of it. Used by one thread.
 */
final class Drill {

	private final Node node;

	private final Rehearsal.Fault fault;

	private final Duration duration;

	private final FailoverStates states;

	private final FailoverDataSource dataSource;

	private final NodePool pool;

	private final Rehearsal rehearsal;

	private final LongSupplier trafficErrors;

	private final Clock clock;

	private @Nullable Before before;

	Drill(Node node, Rehearsal.Fault fault, Duration duration, FailoverStates states, FailoverDataSource dataSource,
			NodePool pool, Rehearsal rehearsal, LongSupplier trafficErrors, Clock clock) {
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
	void begin() {
		this.before = new Before(this.clock.instant(), this.states.current().route().epoch(), failed(), held());
		this.rehearsal.begin(this.fault);
		if (this.fault == Rehearsal.Fault.REFUSE) {
			this.pool.abort();
		}
		else if (this.fault == Rehearsal.Fault.READ_ONLY) {
			this.pool.renew();
		}
	}

	/**
	 * End the fault and tell what came of it.
	 */
	DrillReport end() {
		Before start = this.before;
		if (start == null) {
			throw new IllegalStateException("The drill has not begun");
		}
		long held = held() - start.held();
		List<Transition> changes = this.states.current()
			.history()
			.stream()
			.filter((change) -> change.epoch() > start.epoch())
			.toList();
		if (this.fault == Rehearsal.Fault.READ_ONLY) {
			this.rehearsal.relent();
			this.pool.renew();
		}
		this.rehearsal.end();
		return new DrillReport(this.node, this.fault, this.duration, first(changes, start, false),
				first(changes, start, true), failed() - start.failed(), held, changes.size());
	}

	private @Nullable Duration first(List<Transition> changes, Before start, boolean served) {
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
