package dev.failover.embedded.test;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import org.springframework.util.ReflectionUtils;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

/**
 * Invocations of a test method that JUnit has run.
 *
 * @param names their display names
 * @param failures messages of what failed
 */
record Invocations(List<String> names, List<String> failures) {

	/**
	 * Runs a test method.
	 */
	static Invocations of(Class<?> type, String name) {
		Method method = ReflectionUtils.findMethod(type, name, (Class<?>[]) null);
		if (method == null) {
			throw new IllegalArgumentException("There is no method " + name);
		}
		Listener listener = new Listener();
		LauncherFactory.create(LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
			.execute(LauncherDiscoveryRequestBuilder.request().selectors(selectMethod(type, method)).build(), listener);
		return new Invocations(listener.names, listener.failures);
	}

	private static final class Listener implements TestExecutionListener {

		private final List<String> names = new ArrayList<>();

		private final List<String> failures = new ArrayList<>();

		@Override
		public void executionStarted(TestIdentifier test) {
			if (test.isTest()) {
				this.names.add(test.getDisplayName());
			}
		}

		@Override
		public void executionFinished(TestIdentifier test, TestExecutionResult result) {
			result.getThrowable().ifPresent((failure) -> this.failures.add(failure.toString()));
		}

	}

}
