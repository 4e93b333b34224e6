package dev.failover;

import org.jspecify.annotations.Nullable;

/**
 * Identity of the data that a server holds.
 *
 * @param cluster identifier that all copies of the same data share
 * @param generation number that grows with each promotion; null if the database has none
 * or it could not be read
 */
public record History(String cluster, @Nullable Long generation) {

	/**
	 * Returns whether both are copies of the same data.
	 */
	public boolean sameCluster(History other) {
		return this.cluster.equals(other.cluster);
	}

	/**
	 * Returns the generation, or -1 if it is not known.
	 */
	public long generationOrUnknown() {
		return (this.generation != null) ? this.generation : -1;
	}

	@Override
	public String toString() {
		return (this.generation != null) ? this.cluster + "/" + this.generation : this.cluster;
	}

}
