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
 * A backup of the data directory of a running server, as {@code pg_basebackup} makes it.
 * A standby that starts with the backup streams the missing log from that server.
 *
 * @param connection a superuser's connection to the server
 * @param source the server's data directory
 */
record BaseBackup(Connection connection, Path source) {

	/** Directories whose contents are of no use to another server. */
	private static final Set<String> EMPTY_DIRECTORIES = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify",
			"pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

	private static final Set<String> EXCLUDED = Set.of(ControlFile.NAME, "postmaster.pid", "postmaster.opts",
			"backup_label", "backup_label.old", "tablespace_map", "standby.signal", "recovery.signal");

	private static final Pattern TEMPORARY_FILES = Pattern.compile("pgsql_tmp.*|t\\d+_\\d+.*|pg_internal\\.init.*");

	/**
	 * Replace the contents of a directory by a copy. Files that are equal already are not
	 * copied again. An incomplete copy has no control file.
	 * @param target the directory
	 */
	void copyTo(Path target) throws IOException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SELECT pg_backup_start('failover-embedded', fast => true)");
			DirectoryTrees.prune(target, this.source, BaseBackup::isIncluded);
			DirectoryTrees.copy(this.source, target, BaseBackup::isIncluded);
			DirectoryTrees.copyFile(this.source.resolve(ControlFile.NAME), target.resolve(ControlFile.NAME));
			Files.writeString(target.resolve("backup_label"), stopBackup(statement));
		}
		catch (SQLException ex) {
			throw new EmbeddedPostgresException("Could not copy the data of the server", ex);
		}
	}

	private String stopBackup(Statement statement) throws SQLException {
		try (ResultSet results = statement
			.executeQuery("SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)")) {
			results.next();
			return results.getString(1);
		}
	}

	static boolean isIncluded(Path relative) {
		if (relative.getNameCount() == 2 && EMPTY_DIRECTORIES.contains(relative.getName(0).toString())) {
			return false;
		}
		return !EXCLUDED.contains(relative.toString())
				&& !TEMPORARY_FILES.matcher(relative.getFileName().toString()).matches();
	}

}
