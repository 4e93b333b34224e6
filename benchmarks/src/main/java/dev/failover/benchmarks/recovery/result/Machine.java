package dev.failover.benchmarks.recovery.result;

/**
 * Where it was measured.
 *
 * @param processor name of the processor
 * @param cores how many
 * @param memoryMegabytes main memory
 * @param system operating system
 * @param java version of the JVM
 * @param loadBefore load average of the last minute when it began
 */
public record Machine(String processor, int cores, long memoryMegabytes, String system, String java,
		double loadBefore) {
}
