package dev.failover.benchmarks.overhead;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import dev.failover.benchmarks.overhead.OverheadPlan.Group;
import dev.failover.benchmarks.overhead.OverheadResults.Exclusion;
import dev.failover.benchmarks.overhead.OverheadResults.Fork;
import dev.failover.benchmarks.run.Interval;
import dev.failover.benchmarks.run.Library;
import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.MissedTargetException;
import dev.failover.benchmarks.run.RawResults;
import dev.failover.benchmarks.run.Size;
import dev.failover.benchmarks.stub.StubNode;
import org.openjdk.jmh.runner.RunnerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the cost of a connection and of a statement through each contender, and writes
 * {@code overhead.json}.
 */
public final class Overhead {

	private static final Logger logger = LoggerFactory.getLogger(Overhead.class);

	private final OverheadPlan plan;

	private final Map<String, String> versions = new LinkedHashMap<>();

	private final List<Exclusion> leftOut = new ArrayList<>();

	private final List<Fork> forks = new ArrayList<>();

	private Overhead(OverheadPlan plan) {
		this.plan = plan;
	}

	public static void run(Size size, Path out) throws Exception {
		Instant date = Instant.now();
		Machine machine = Machine.current();
		Overhead overhead = new Overhead(OverheadPlan.of(size));
		overhead.measure();
		OverheadResults results = new OverheadResults(date, machine, size, overhead.plan, overhead.versions,
				overhead.leftOut, overhead.forks);
		RawResults.write(out.resolve("overhead.json"), results);
		MissedTargetException.throwIfAny(OverheadCheck.MARGINS.findings(results));
	}

	private void measure() throws RunnerException {
		for (Contender contender : Contenders.all()) {
			this.versions.put(contender.name(), Library.version(contender.library()));
			tryOut(contender);
		}
		List<String> names = new ArrayList<>(this.versions.keySet());
		this.leftOut.forEach((exclusion) -> names.remove(exclusion.contender()));
		for (int round = 0; round < this.plan.allRounds(); round++) {
			for (int threads : this.plan.threads()) {
				for (Group group : this.plan.groups(round, names)) {
					measure(group, threads, round);
				}
			}
		}
	}

	/**
	 * Leaves a contender out that cannot execute the statement once.
	 */
	private void tryOut(Contender contender) {
		try (contender) {
			execute(contender.open());
		}
		catch (Exception | LinkageError ex) {
			Exclusion exclusion = Exclusion.of(contender, ex);
			logger.warn("{} is left out: {}", exclusion.contender(), exclusion.reason(), ex);
			this.leftOut.add(exclusion);
		}
	}

	private static void execute(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(StubNode.STATEMENT);
				ResultSet row = statement.executeQuery()) {
			if (!row.next() || row.getInt(1) != 1) {
				throw new IllegalStateException("The statement of the benchmark has no answer");
			}
		}
	}

	/**
	 * Measures a group. A peer that fails with so many threads is left out there.
	 */
	private void measure(Group group, int threads, int round) throws RunnerException {
		try {
			for (Fork fork : new ForkRunner(this.plan).measure(group, threads, round)) {
				logger.info("round {}, {} thread(s): {}, {}: {} ns, {} bytes", round, threads, fork.contender(),
						fork.operation().label(), Math.round(Interval.median(fork.nanos())),
						Math.round(Interval.median(fork.bytes())));
				this.forks.add(fork);
			}
		}
		catch (RunnerException ex) {
			if (group.isClose()) {
				throw ex;
			}
			logger.warn("{} is left out with {} thread(s)", group.name(), threads, ex);
			this.leftOut.add(new Exclusion(group.name(), "it failed with " + threads + " threads: " + ex.getMessage()));
		}
	}

}
