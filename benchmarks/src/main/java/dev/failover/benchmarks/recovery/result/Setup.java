package dev.failover.benchmarks.recovery.result;

/**
 * How it was measured.
 *
 * @param size which size of the benchmark
 * @param windowMillis how long clients are watched after a fault
 * @param promotionMillis when the mirror is promoted after a fault
 * @param latePromotionMillis when it is where the promotion is late
 * @param writers client threads that write
 * @param readers client threads that read
 * @param paceMillis pause of a client between two calls
 */
public record Setup(String size, long windowMillis, long promotionMillis, long latePromotionMillis, int writers,
		int readers, long paceMillis) {
}
