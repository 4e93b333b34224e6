package dev.failover.embedded.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Makes the nodes of an application context ready to be lost if its test class has
 * {@link FailoverTest} methods.
 */
final class FailoverTestContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		boolean rehearses = !MethodIntrospector
			.selectMethods(testClass, (MethodIntrospector.MetadataLookup<Boolean>) (
					method) -> AnnotatedElementUtils.hasAnnotation(method, FailoverTest.class) ? Boolean.TRUE : null)
			.isEmpty();
		return rehearses ? new RehearsedNodesCustomizer() : null;
	}

	/**
	 * Registers the nodes. All are equal, so that test classes share a context.
	 */
	private record RehearsedNodesCustomizer() implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
			context.getBeanFactory().registerSingleton("failoverRehearsedNodes", new RehearsedNodes());
		}

	}

}
