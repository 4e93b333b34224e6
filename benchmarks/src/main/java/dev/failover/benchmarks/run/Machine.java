package dev.failover.benchmarks.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The machine of a measurement.
 *
 * @param processor name of the processor, null if unknown
 * @param cores processors that the JVM may use
 * @param memoryMegabytes memory of the machine
 * @param os operating system
 * @param jvm name and version of the JVM
 * @param load load average of the last minute at the start; negative if unknown
 */
public record Machine(@Nullable String processor, int cores, long memoryMegabytes, String os, String jvm, double load) {

	private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

	private static final String MODEL = "model name";

	public static Machine current() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(model(), Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize() >> 20,
				system.getName() + " " + system.getVersion() + " " + system.getArch(),
				System.getProperty("java.vm.name") + " " + Runtime.version(), system.getSystemLoadAverage());
	}

	private static @Nullable String model() {
		if (!Files.isReadable(PROCESSORS)) {
			return null;
		}
		try (Stream<String> lines = Files.lines(PROCESSORS)) {
			return lines.filter((line) -> line.startsWith(MODEL))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse(null);
		}
		catch (IOException ex) {
			return null;
		}
	}

}
