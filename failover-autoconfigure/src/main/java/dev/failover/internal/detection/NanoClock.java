package dev.failover.internal.detection;

/**
 * Source of elapsed time, {@link System#nanoTime()} outside tests.
 */
@FunctionalInterface
public interface NanoClock {

	/**
	 * Nanoseconds since an arbitrary origin.
	 */
	long nanoTime();

}
