package dev.failover.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.benchmarks.run.Interval;
import dev.failover.benchmarks.run.Library;
import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.RawResults;
import dev.failover.benchmarks.run.Size;
import dev.failover.benchmarks.startup.StartupResults.Memory;
import dev.failover.benchmarks.startup.StartupResults.Plan;
import dev.failover.benchmarks.startup.StartupResults.Start;
import dev.failover.benchmarks.startup.StartupResults.VariantResult;
import dev.failover.internal.routing.FailoverDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;

/**
 * Measures the cost of the starter at the start of an application, and its memory, and
 * writes {@code startup.json}.
 */
public final class Startup {

	private static final Logger logger = LoggerFactory.getLogger(Startup.class);

	private final Map<Variant, VariantResult> results = new EnumMap<>(Variant.class);

	private Startup() {
		for (Variant variant : Variant.values()) {
			this.results.put(variant, new VariantResult(variant, new ArrayList<>(), new ArrayList<>()));
		}
	}

	public static void run(Size size, Path out) throws IOException, InterruptedException {
		StartupResults results = new Startup().measure(size);
		RawResults.write(out.resolve("startup.json"), results);
		Interval added = results.readyAdded();
		logger.info("The starter adds {} ms to the start, interval {} to {}", Math.round(added.middle()),
				Math.round(added.low()), Math.round(added.high()));
	}

	private StartupResults measure(Size size) throws IOException, InterruptedException {
		Instant date = Instant.now();
		Machine machine = Machine.current();
		Plan plan = Plan.of(size);
		Map<String, String> versions = new LinkedHashMap<>();
		versions.put("Failover", Library.version(FailoverDataSource.class));
		versions.put("Spring Boot", Library.version(SpringApplication.class));
		versions.put("HikariCP", Library.version(HikariDataSource.class));
		for (int round = 0; round < plan.starts(); round++) {
			for (Variant variant : order(round)) {
				List<Double> output = ChildJvm.run(ChildJvm.Measurement.START, variant);
				result(variant).starts().add(new Start(output.get(0), output.get(1), output.get(2), output.get(3)));
			}
		}
		for (int round = 0; round < plan.memories(); round++) {
			for (Variant variant : order(round)) {
				List<Double> output = ChildJvm.run(ChildJvm.Measurement.MEMORY, variant);
				result(variant).memories().add(new Memory(output.get(0), output.get(1)));
			}
		}
		return new StartupResults(date, machine, size, plan, versions, result(Variant.PLAIN), result(Variant.DISABLED),
				result(Variant.BY_HAND), result(Variant.STARTER));
	}

	private VariantResult result(Variant variant) {
		return Objects.requireNonNull(this.results.get(variant));
	}

	/**
	 * Returns all variants, reversed in every other round.
	 */
	private static List<Variant> order(int round) {
		List<Variant> order = Arrays.asList(Variant.values());
		if (round % 2 == 1) {
			Collections.reverse(order);
		}
		return order;
	}

}
