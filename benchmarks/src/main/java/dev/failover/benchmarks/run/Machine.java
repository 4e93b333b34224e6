package dev.failover.benchmarks.run;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * Where it was measured.
 *
 * @param cores processors that the JVM may use
 * @param memoryMegabytes memory of the machine
 * @param os operating system
 * @param jvm name and version of the JVM
 * @param load load average over the last minute when it began; negative if it is unknown
 */
public record Machine(int cores, long memoryMegabytes, String os, String jvm, double load) {

	/**
	 * The machine that this JVM runs on.
	 */
	public static Machine current() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize() >> 20,
				system.getName() + " " + system.getVersion() + " " + system.getArch(),
				System.getProperty("java.vm.name") + " " + Runtime.version(), system.getSystemLoadAverage());
	}

	/**
	 * One line for a page.
	 */
	public String describe() {
		return this.cores + " cores, " + this.memoryMegabytes + " MB of memory, " + this.os + ", " + this.jvm
				+ ((this.load < 0) ? "" : ", load average " + Numbers.of(this.load, 1) + " when it began");
	}

}
