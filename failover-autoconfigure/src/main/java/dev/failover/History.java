package dev.failover;

import org.jspecify.annotations.Nullable;

/**
 * Which history a node's data belongs to.
 *
 * @param cluster what all copies of the same data share, such as a system identifier
 * @param generation number that grows with each promotion; null where the database has
 * none or it could not be read
 */
public record History(String cluster, @Nullable Long generation) {

	/**
	 * Whether both are copies of the same data.
	 */
	public boolean sameCluster(History other) {
		return this.cluster.equals(other.cluster);
	}

	/**
	 * The generation, or -1 where it is not known.
	 */
	public long generationOrUnknown() {
		return (this.generation != null) ? this.generation : -1;
	}

	@Override
	public String toString() {
		return (this.generation != null) ? this.cluster + "/" + this.generation : this.cluster;
	}

}
