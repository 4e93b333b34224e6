package dev.failover.embedded.test;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Provides the invocations of {@link FailoverTest} methods, one after the other: what is
 * lost is known after the undisturbed ones.
 */
final class FailoverTestExtension implements TestTemplateInvocationContextProvider {

	@Override
	public boolean supportsTestTemplate(ExtensionContext context) {
		return context.getTestMethod()
			.filter((method) -> AnnotatedElementUtils.hasAnnotation(method, FailoverTest.class))
			.isPresent();
	}

	@Override
	public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
		FailoverTest annotation = AnnotatedElementUtils.findMergedAnnotation(context.getRequiredTestMethod(),
				FailoverTest.class);
		if (annotation == null) {
			throw new IllegalStateException("The method is not a @FailoverTest");
		}
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(new RehearsalPlan(annotation), Spliterator.ORDERED), false);
	}

}
