package dev.failover.benchmarks.recovery.result;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A contender as a report shows it.
 *
 * @param name name in the samples
 * @param title name for readers
 * @param settings every setting that is not a default
 * @param versions what is used
 * @param skipped why it did not compete, null if it did
 * @param bound whether it only bounds what contenders can do; null in older results,
 * which had no such
 * @param readsFromBoth whether its reads went to both nodes before any fault; null in
 * older results
 */
public record Entrant(String name, String title, List<String> settings, Map<String, String> versions,
		@Nullable String skipped, @Nullable Boolean bound, @Nullable Boolean readsFromBoth) {

	public Entrant {
		settings = List.copyOf(settings);
		versions = Map.copyOf(versions);
	}

	/**
	 * Whether it is one of those that are compared.
	 */
	public boolean competes() {
		return !Boolean.TRUE.equals(this.bound);
	}

	/**
	 * Whether all its calls went to the primary before any fault.
	 */
	public boolean beginsAtPrimary() {
		return !Boolean.TRUE.equals(this.readsFromBoth);
	}

}
