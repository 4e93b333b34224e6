package dev.failover.benchmarks.startup;

/**
 * One start of an application.
 *
 * @param readyMillis from the start of Spring until the context was ready
 * @param workMillis processor time of the starting thread until then, from its own
 * beginning
 * @param answeredMillis until the first statement was answered
 * @param jvmMillis processor time of the whole JVM until the context was ready, from the
 * JVM's beginning; 0 of older runs, which did not measure it
 */
record Start(double readyMillis, double workMillis, double answeredMillis, double jvmMillis) {
}
