package dev.failover.benchmarks.startup;

/**
 * One start of an application.
 *
 * @param readyMillis from the start of Spring until the context was ready
 * @param answeredMillis until the first statement was answered
 * @param processorMillis processor time of the JVM until then
 */
record Start(double readyMillis, double answeredMillis, double processorMillis) {
}
