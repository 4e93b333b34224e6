package dev.failover.embedded.test;

import java.lang.reflect.Method;
import java.util.List;

import dev.failover.embedded.test.WorkUnit.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.TestAbortedException;

import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One invocation of a test method.
 */
final class RehearsalInvocation implements TestTemplateInvocationContext, InvocationInterceptor, ParameterResolver {

	private final RehearsalPlan plan;

	private final @Nullable Loss loss;

	private final Rehearsal rehearsal = new Rehearsal();

	RehearsalInvocation(RehearsalPlan plan, @Nullable Loss loss) {
		this.plan = plan;
		this.loss = loss;
	}

	@Override
	public String getDisplayName(int invocationIndex) {
		return "[" + invocationIndex + "] " + ((this.loss != null) ? this.loss : "undisturbed");
	}

	@Override
	public List<Extension> getAdditionalExtensions() {
		return List.of(this);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Rehearsal.class;
	}

	@Override
	public Rehearsal resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return this.rehearsal;
	}

	@Override
	public void interceptTestTemplateMethod(Invocation<Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext context) throws Throwable {
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("A @FailoverTest must not run in a transaction of the test, which would "
					+ "be lost with the node: annotate it with @Transactional(propagation = Propagation.NOT_SUPPORTED)");
		}
		WorkUnit work = this.plan.begin(new RehearsedApplication(SpringExtension.getApplicationContext(context),
				context.getRequiredTestClass()), this.loss);
		this.rehearsal.begin(work);
		Throwable failure = proceed(invocation);
		boolean examined = work.hasEnded();
		Result result = work.end();
		if (this.loss == null) {
			if (failure != null) {
				throw failure;
			}
			this.plan.addUndisturbed(result);
		}
		else {
			check(this.loss, result, examined, failure);
		}
	}

	private static @Nullable Throwable proceed(Invocation<Void> invocation) {
		try {
			invocation.proceed();
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	/**
	 * Fails if the work is wrong, or the test that looked at it.
	 * @param examined whether the work had ended before the method
	 */
	private void check(Loss current, Result result, boolean examined, @Nullable Throwable failure) throws Throwable {
		if (failure instanceof TestAbortedException) {
			throw failure;
		}
		String complaint = this.plan.complaint(result, examined ? null : failure);
		if (failure instanceof AssertionError || (examined && complaint == null && failure != null)) {
			throw new AssertionError("Node " + current + ": " + failure.getMessage(), failure);
		}
		if (complaint != null) {
			throw new AssertionError("Node " + current + ": " + complaint, failure);
		}
		if (!result.hasReached(current)) {
			throw new TestAbortedException("The node was not " + current + ": this invocation did not get there");
		}
	}

}
