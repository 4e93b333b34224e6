package dev.failover.it.faults;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.ConditionChangedEvent;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Records failover events of the application: changes of the route with their moments,
 * and conditions.
 */
final class EventLog implements ApplicationListener<PayloadApplicationEvent<?>> {

	private final List<Change> changes = new CopyOnWriteArrayList<>();

	private final Set<Condition> conditions = ConcurrentHashMap.newKeySet();

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<?> event) {
		if (event.getPayload() instanceof RouteChangedEvent changed) {
			this.changes.add(new Change(System.nanoTime(), changed.change()));
		}
		else if (event.getPayload() instanceof ConditionChangedEvent condition && condition.raised()) {
			this.conditions.add(condition.condition());
		}
	}

	/**
	 * Returns the changes of the route in a period, without the first route of the
	 * application.
	 */
	List<Change> between(long from, long to) {
		return this.changes.stream()
			.filter((change) -> change.at() - from >= 0 && change.at() - to < 0)
			.filter((change) -> change.transition().cause() != Cause.STARTUP)
			.toList();
	}

	/**
	 * Returns the conditions that were raised at any time.
	 */
	Set<Condition> conditions() {
		return this.conditions;
	}

	/**
	 * A change of the route.
	 *
	 * @param at moment, as a value of {@link System#nanoTime()}
	 * @param transition the change
	 */
	record Change(long at, RouteChange transition) {
	}

}
