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
 * Starts the failover engine, attaches the observers and publishes failover events in the
 * application context.
 * <p>
 * Observers are attached when all singletons exist, so that the monitor's thread never
 * creates beans. The engine starts when the context is refreshed at the latest. If there
 * are spare processors it starts earlier, in parallel to the rest of the application.
 */
final class FailoverInitializer implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

	/** Processors that the starting thread and the JVM's compilers use. */
	private static final int BUSY_PROCESSORS = 2;

	private final FailoverRuntime runtime;

	private final ObjectProvider<FailoverObserver> observers;

	private final FailoverObserver publication;

	FailoverInitializer(FailoverRuntime runtime, ObjectProvider<FailoverObserver> observers,
			ApplicationEventPublisher publisher) {
		this.runtime = runtime;
		this.observers = observers;
		this.publication = new Publication(publisher);
		if (Runtime.getRuntime().availableProcessors() > BUSY_PROCESSORS) {
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
	 * Publishes failover events in an application context.
	 *
	 * @param publisher the application context
	 */
	private record Publication(ApplicationEventPublisher publisher) implements FailoverObserver {

		@Override
		public void changed(FailoverEvent event) {
			this.publisher.publishEvent(event);
		}

	}

}
