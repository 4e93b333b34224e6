package dev.failover.benchmarks.recovery;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

import dev.failover.benchmarks.recovery.result.Machine;

/**
 * Describes the machine that this runs on.
 */
final class ThisMachine {

	private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

	private static final String MODEL = "model name";

	private ThisMachine() {
	}

	static Machine describe() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(processor(), Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize() >> 20,
				system.getName() + " " + system.getVersion() + " " + system.getArch(),
				System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
				Math.round(system.getSystemLoadAverage() * 100) / 100.0);
	}

	private static String processor() {
		if (!Files.isReadable(PROCESSORS)) {
			return "unknown";
		}
		try (Stream<String> lines = Files.lines(PROCESSORS)) {
			return lines.filter((line) -> line.startsWith(MODEL))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
