package dev.failover.it.faults;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.failover.Cause;
import dev.failover.ConditionChangedEvent;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Notes what the application's failover told of: changes of the route with the moment,
 * and conditions.
 */
final class RouteLog implements ApplicationListener<PayloadApplicationEvent<?>> {

	private final List<Change> changes = new CopyOnWriteArrayList<>();

	private final Set<String> conditions = ConcurrentHashMap.newKeySet();

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<?> event) {
		if (event.getPayload() instanceof RouteChangedEvent changed) {
			this.changes.add(new Change(System.nanoTime(), changed.change()));
		}
		else if (event.getPayload() instanceof ConditionChangedEvent condition && condition.raised()) {
			this.conditions.add(condition.condition().label());
		}
	}

	/**
	 * Changes of the route in that time; the first route of the application is none.
	 */
	List<Change> between(long from, long to) {
		return this.changes.stream()
			.filter((change) -> change.at() - from >= 0 && change.at() - to < 0)
			.filter((change) -> change.transition().cause() != Cause.STARTUP)
			.toList();
	}

	/**
	 * Conditions that were raised at any time.
	 */
	Set<String> conditions() {
		return this.conditions;
	}

	/**
	 * A change of the route.
	 *
	 * @param at when, on {@link System#nanoTime()}
	 * @param transition the change
	 */
	record Change(long at, RouteChange transition) {
	}

}
