package dev.failover.benchmarks.run;

/**
 * How much is measured: {@code SMALL} keeps the harness alive and finds gross
 * regressions, {@code FULL} makes the published figures.
 */
public enum Size {

	SMALL, FULL

}
