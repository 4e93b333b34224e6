package dev.failover.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.internal.engine.FailoverRuntime;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Ties failover to the application context, in which it publishes its events.
 * <p>
 * Observers are attached when all beans are there: the monitor's thread never creates
 * beans. The engine begins when the context is ready at the latest. Where processors are
 * to spare it begins at once, beside the start; elsewhere it would take its time from it.
 */
final class RuntimeAttachment implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

	/** So many the starting thread and the compilers of the JVM keep busy. */
	private static final int FEW_PROCESSORS = 2;

	private final FailoverRuntime runtime;

	private final ObjectProvider<FailoverObserver> observers;

	private final FailoverObserver publication;

	RuntimeAttachment(FailoverRuntime runtime, ObjectProvider<FailoverObserver> observers,
			ApplicationEventPublisher publisher) {
		this.runtime = runtime;
		this.observers = observers;
		this.publication = new Publication(publisher);
		if (Runtime.getRuntime().availableProcessors() > FEW_PROCESSORS) {
			runtime.begin();
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<FailoverObserver> all = new ArrayList<>(this.observers.orderedStream().toList());
		all.add(this.publication);
		this.runtime.observe(all);
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		this.runtime.begin();
	}

	/**
	 * Publishes what changed in the application context.
	 *
	 * @param publisher the context
	 */
	private record Publication(ApplicationEventPublisher publisher) implements FailoverObserver {

		@Override
		public void changed(FailoverEvent event) {
			this.publisher.publishEvent(event);
		}

	}

}
