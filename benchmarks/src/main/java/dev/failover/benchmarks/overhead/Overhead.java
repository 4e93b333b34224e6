package dev.failover.benchmarks.overhead;

import java.io.IOException;
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

import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.MissedTargetException;
import dev.failover.benchmarks.run.RawResults;
import dev.failover.benchmarks.run.Size;
import dev.failover.benchmarks.run.Versions;
import dev.failover.benchmarks.stub.StubNode;
import org.openjdk.jmh.runner.RunnerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what each contender adds to a call, and writes {@code overhead.json},
 * {@code overhead.md} and the charts.
 */
public final class Overhead {

	private static final Logger logger = LoggerFactory.getLogger(Overhead.class);

	private static final String RAW = "overhead.json";

	private Overhead() {
	}

	/**
	 * Run this part.
	 */
	public static void run(Size size, Path out) throws Exception {
		OverheadResults results = measure(size);
		RawResults.write(out.resolve(RAW), results);
		new OverheadPage(results).write(out);
		List<String> findings = OverheadCheck.MARGINS.findings(results);
		if (!findings.isEmpty()) {
			throw new MissedTargetException(findings);
		}
	}

	/**
	 * Make the page and the charts again from the raw results.
	 */
	public static void render(Path out) throws IOException {
		new OverheadPage(RawResults.read(out.resolve(RAW), OverheadResults.class)).write(out);
	}

	private static OverheadResults measure(Size size) throws RunnerException {
		Instant date = Instant.now();
		Machine machine = Machine.current();
		OverheadPlan plan = OverheadPlan.of(size);
		Map<String, String> versions = new LinkedHashMap<>();
		List<LeftOut> leftOut = new ArrayList<>();
		for (Contender contender : Contenders.all()) {
			versions.put(contender.name(), Versions.of(contender.library()));
			rehearse(contender, leftOut);
		}
		List<String> runnable = new ArrayList<>(versions.keySet());
		leftOut.forEach((left) -> runnable.remove(left.contender()));
		return new OverheadResults(date, machine, size, plan, versions, leftOut, rounds(plan, runnable, leftOut));
	}

	/**
	 * Who does not answer once is not measured.
	 */
	private static void rehearse(Contender contender, List<LeftOut> leftOut) {
		try (contender) {
			execute(contender.open());
		}
		catch (Exception | LinkageError ex) {
			LeftOut left = LeftOut.of(contender, ex);
			logger.warn("{} is left out: {}", left.contender(), left.reason(), ex);
			leftOut.add(left);
		}
	}

	private static void execute(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(StubNode.STATEMENT);
				ResultSet row = statement.executeQuery()) {
			if (!row.next() || row.getInt(1) != 1) {
				throw new IllegalStateException("It does not answer the benchmark's statement");
			}
		}
	}

	private static List<ForkResult> rounds(OverheadPlan plan, List<String> names, List<LeftOut> leftOut)
			throws RunnerException {
		Forks forks = new Forks(plan);
		List<ForkResult> all = new ArrayList<>();
		for (int round = 0; round < plan.allRounds(); round++) {
			for (int threads : plan.threads()) {
				for (Group group : plan.groups(round, names)) {
					List<ForkResult> measured = measure(forks, group, threads, round, leftOut);
					measured.forEach((fork) -> logger.info("round {}, {} thread(s): {}, {}: {} ns, {} bytes",
							fork.round(), fork.threads(), fork.contender(), fork.operation().label(),
							Math.round(fork.medianNanos()), Math.round(fork.medianBytes())));
					all.addAll(measured);
				}
			}
		}
		return all;
	}

	/**
	 * A peer that breaks down under that many threads is left out there.
	 */
	private static List<ForkResult> measure(Forks forks, Group group, int threads, int round, List<LeftOut> leftOut)
			throws RunnerException {
		try {
			return forks.measure(group, threads, round);
		}
		catch (RunnerException ex) {
			if (group.isClose()) {
				throw ex;
			}
			logger.warn("{} is left out with {} thread(s)", group.name(), threads, ex);
			leftOut.add(new LeftOut(group.name(), "it broke down with " + threads + " threads: " + ex.getMessage()));
			return List.of();
		}
	}

}
