package dev.failover.internal.doctor;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Migrations that Flyway has run on a database, in order; empty if it has no history.
 *
 * @param migrations the migrations
 */
record MigrationHistory(List<Migration> migrations) {

	MigrationHistory {
		migrations = List.copyOf(migrations);
	}

	/**
	 * Returns a text about the last migration, such as {@code version 2 (rank 2)}.
	 */
	String summary() {
		if (this.migrations.isEmpty()) {
			return "no migration";
		}
		Migration last = this.migrations.get(this.migrations.size() - 1);
		String version = (last.version() != null) ? "version " + last.version() : "a repeatable migration";
		return version + " (rank " + last.rank() + ")";
	}

	/**
	 * One migration, as in a row of the history table; {@code rank} is its position in
	 * the order of execution.
	 */
	record Migration(int rank, @Nullable String version, @Nullable String checksum, boolean success) {

	}

}
