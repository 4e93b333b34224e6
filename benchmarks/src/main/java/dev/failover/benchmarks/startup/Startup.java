package dev.failover.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.RawResults;
import dev.failover.benchmarks.run.Size;
import dev.failover.benchmarks.run.Versions;
import dev.failover.internal.routing.FailoverDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;

/**
 * Measures what the starter costs once, and writes {@code startup.json} and
 * {@code startup.md}.
 */
public final class Startup {

	private static final Logger logger = LoggerFactory.getLogger(Startup.class);

	private static final String RAW = "startup.json";

	private Startup() {
	}

	/**
	 * Run this part.
	 */
	public static void run(Size size, Path out) throws IOException, InterruptedException {
		Instant date = Instant.now();
		Machine machine = Machine.current();
		StartupPlan plan = StartupPlan.of(size);
		Map<String, String> versions = new LinkedHashMap<>();
		versions.put("Failover", Versions.of(FailoverDataSource.class));
		versions.put("Spring Boot", Versions.of(SpringApplication.class));
		versions.put("HikariCP", Versions.of(HikariDataSource.class));
		Map<Build, List<Start>> starts = new EnumMap<>(Build.class);
		Map<Build, List<Memory>> memories = new EnumMap<>(Build.class);
		for (int i = 0; i < plan.starts(); i++) {
			for (Build build : turn(i)) {
				starts.computeIfAbsent(build, (key) -> new ArrayList<>()).add(start(build));
			}
		}
		for (int i = 0; i < plan.memories(); i++) {
			for (Build build : turn(i)) {
				memories.computeIfAbsent(build, (key) -> new ArrayList<>()).add(memory(build));
			}
		}
		StartupResults results = new StartupResults(date, machine, size, plan, versions,
				result(Build.PLAIN, starts, memories), result(Build.DISABLED, starts, memories),
				result(Build.BY_HAND, starts, memories), result(Build.STARTER, starts, memories));
		RawResults.write(out.resolve(RAW), results);
		new StartupPage(results).write(out);
		logger.info("The starter adds {} ms to the start", results.readyAdded().describe(0));
	}

	/**
	 * Make the page again from the raw results.
	 */
	public static void render(Path out) throws IOException {
		new StartupPage(RawResults.read(out.resolve(RAW), StartupResults.class)).write(out);
	}

	/**
	 * All, the other way round every other time: the machine's moods favour none.
	 */
	private static List<Build> turn(int round) {
		List<Build> turn = new ArrayList<>(List.of(Build.values()));
		if (round % 2 == 1) {
			Collections.reverse(turn);
		}
		return turn;
	}

	private static Start start(Build build) throws IOException, InterruptedException {
		List<Double> told = ChildJvm.run(StartChild.class, build);
		return new Start(told.get(0), told.get(1), told.get(2), told.get(3));
	}

	private static Memory memory(Build build) throws IOException, InterruptedException {
		List<Double> told = ChildJvm.run(MemoryChild.class, build);
		return new Memory(told.get(0), told.get(1));
	}

	private static BuildResult result(Build build, Map<Build, List<Start>> starts, Map<Build, List<Memory>> memories) {
		return new BuildResult(build, starts.getOrDefault(build, List.of()), memories.getOrDefault(build, List.of()));
	}

}
