package dev.failover.benchmarks.startup;

/**
 * What one more application keeps in a JVM.
 *
 * @param heapKilobytes heap
 * @param threads threads
 */
record Memory(double heapKilobytes, double threads) {
}
