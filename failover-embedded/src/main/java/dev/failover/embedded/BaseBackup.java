package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Copies the data directory of a running primary, as {@code pg_basebackup} would: the
 * standby that starts on the copy streams the missing log from the primary.
 *
 * @param connection a superuser's connection to the primary
 * @param source the primary's data directory
 */
record BaseBackup(Connection connection, Path source) {

	/** Directories whose contents mean nothing to another server. */
	private static final Set<String> EMPTIED = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial",
			"pg_snapshots", "pg_stat_tmp", "pg_subtrans");

	private static final Set<String> LEFT_OUT = Set.of(ControlFile.NAME, "postmaster.pid", "postmaster.opts",
			"backup_label", "backup_label.old", "tablespace_map", "standby.signal", "recovery.signal");

	private static final Pattern TEMPORARY = Pattern.compile("pgsql_tmp.*|t\\d+_\\d+.*|pg_internal\\.init.*");

	/**
	 * Make a directory a copy, whatever it is before. What is equal already is not copied
	 * again. As long as the copy is not complete it has no control file.
	 * @param target the directory
	 */
	void copyTo(Path target) throws IOException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SELECT pg_backup_start('failover-embedded', fast => true)");
			Trees.prune(target, this.source, BaseBackup::isWanted);
			Trees.copy(this.source, target, BaseBackup::isWanted);
			Trees.copyFile(this.source.resolve(ControlFile.NAME), target.resolve(ControlFile.NAME));
			Files.writeString(target.resolve("backup_label"), stop(statement));
		}
		catch (SQLException ex) {
			throw new EmbeddedPostgresException("Could not copy the data of the running server", ex);
		}
	}

	private String stop(Statement statement) throws SQLException {
		try (ResultSet results = statement
			.executeQuery("SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
			results.next();
			return results.getString(1);
		}
	}

	static boolean isWanted(Path relative) {
		if (relative.getNameCount() == 2 && EMPTIED.contains(relative.getName(0).toString())) {
			return false;
		}
		return !LEFT_OUT.contains(relative.toString())
				&& !TEMPORARY.matcher(relative.getFileName().toString()).matches();
	}

}
