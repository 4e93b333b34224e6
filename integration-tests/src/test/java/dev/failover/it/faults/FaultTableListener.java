package dev.failover.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the table of faults when tests have run: always to {@code target/faults.md}, and
 * to {@code docs/faults.md} with {@code -Dfaults.write=true}. Several JVMs may do so at
 * the same time; the last one finds the rows of all.
 */
public final class FaultTableListener implements TestExecutionListener {

	private static final Path PAGE = Path.of("target", "faults.md");

	private static final Path DOCS = Path.of("..", "docs", "faults.md");

	@Override
	public void testPlanExecutionFinished(TestPlan testPlan) {
		try {
			List<FaultRow> rows = FaultRow.readAll();
			if (!rows.isEmpty()) {
				AtomicFile.write(PAGE, FaultTable.render(rows));
				if (Boolean.getBoolean("faults.write")) {
					AtomicFile.write(DOCS, FaultTable.render(rows));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
