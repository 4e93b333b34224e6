package dev.failover.benchmarks.run;

/**
 * Extent of a run: {@code SMALL} finds gross regressions in a few minutes, {@code FULL}
 * yields the published figures.
 */
public enum Size {

	SMALL, FULL

}
