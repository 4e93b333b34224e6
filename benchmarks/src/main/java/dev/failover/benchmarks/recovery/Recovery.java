package dev.failover.benchmarks.recovery;

import java.util.List;

/**
 * Measures the time to recover, and writes its report.
 */
public final class Recovery {

	private Recovery() {
	}

	public static void main(String[] arguments) throws Exception {
		run(List.of(arguments));
		System.exit(0);
	}

	/**
	 * Run with options of the form {@code --name=value}.
	 */
	public static void run(List<String> arguments) throws Exception {
		org.springframework.boot.logging.LoggingSystem logging = org.springframework.boot.logging.LoggingSystem
			.get(Recovery.class.getClassLoader());
		logging.setLogLevel(null,
				org.springframework.boot.logging.LogLevel.valueOf(System.getProperty("benchmarks.log", "OFF")));
		for (String name : arguments.get(0).split(",")) {
			for (String fault : arguments.get(1).split(",")) {
				for (int i = 0; i < Integer.parseInt(arguments.get(2)); i++) {
					long t = System.nanoTime();
					var c = dev.failover.benchmarks.recovery.contender.Contenders.all()
						.stream()
						.filter((x) -> x.name().equals(name))
						.findFirst()
						.orElseThrow();
					var s = new Trial(c, Fault.named(fault), i + 1, java.time.Duration.ofSeconds(10)).run();
					System.out
						.println(name + " " + fault + " ops " + s.operationsPerSecond() + " promoted " + s.promoted()
								+ " lost " + s.lost() + " dup " + s.duplicated() + "\n  R " + s.reads() + "\n  W "
								+ s.writes() + "\n  " + s.errors() + " took " + (System.nanoTime() - t) / 1000000);
				}
			}
		}
	}

}
