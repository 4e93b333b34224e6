package dev.failover.embedded.test;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.embedded.test.WorkUnit.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * Invocations of one test method: two undisturbed ones, then one for each loss that was
 * possible in the second. For use by the thread of the test.
 */
final class RehearsalPlan implements Iterator<TestTemplateInvocationContext> {

	private final Set<String> ignoredTables;

	private final TableColumns columns = new TableColumns();

	private final Queue<Loss> losses = new ArrayDeque<>();

	private int undisturbed;

	private @Nullable Result first;

	private @Nullable Baseline baseline;

	RehearsalPlan(FailoverTest annotation) {
		this.ignoredTables = Stream.of(annotation.ignoredTables())
			.map((table) -> table.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns whether there is another invocation: none follows an undisturbed one that
	 * has failed.
	 */
	@Override
	public boolean hasNext() {
		return switch (this.undisturbed) {
			case 0 -> true;
			case 1 -> this.first != null;
			default -> !this.losses.isEmpty();
		};
	}

	@Override
	public TestTemplateInvocationContext next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		if (this.baseline == null) {
			this.undisturbed++;
			return new RehearsalInvocation(this, null);
		}
		return new RehearsalInvocation(this, this.losses.remove());
	}

	WorkUnit begin(RehearsedApplication application, @Nullable Loss loss) {
		return new WorkUnit(application, tables(application), loss);
	}

	private Supplier<DatabaseState> tables(RehearsedApplication application) {
		return () -> {
			try {
				return DatabaseState.read(application.dataSource(), this.columns, this.ignoredTables);
			}
			catch (SQLException ex) {
				throw new IllegalStateException("The tables could not be read", ex);
			}
		};
	}

	/**
	 * Adds the result of an undisturbed invocation.
	 */
	void addUndisturbed(Result result) {
		if (result.left() != null) {
			throw new AssertionError("Without a loss, " + result.left());
		}
		Result before = this.first;
		if (before == null) {
			this.first = result;
		}
		else {
			this.baseline = new Baseline(before, result);
			this.losses.addAll(checked(result.losses()));
		}
	}

	private static List<Loss> checked(List<Loss> losses) {
		if (losses.isEmpty()) {
			throw new IllegalStateException(
					"The test method executed no statement on the data source of failover: nothing can be lost");
		}
		return losses;
	}

	/**
	 * Returns the reason why a disturbed invocation is wrong, or null if it is right.
	 * @param failure exception that the work has thrown, or null
	 */
	@Nullable String complaint(Result result, @Nullable Throwable failure) {
		Baseline known = this.baseline;
		if (known == null) {
			throw new IllegalStateException("There was no undisturbed run");
		}
		known.checkBegin(result);
		return new Verdict(known, result, failure).complaint().orElse(null);
	}

}
