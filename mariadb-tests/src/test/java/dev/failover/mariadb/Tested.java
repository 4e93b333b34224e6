package dev.failover.mariadb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Notes which server and which driver the tests of a class ran with, for the table in
 * {@code docs/databases.md}, which the script {@code .ci/tested} writes.
 */
final class Tested {

	private static final Path NOTES = Path.of("target", "tested");

	private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

	private Tested() {
	}

	static void note(Class<?> tests, JdbcTemplate jdbc) {
		String version = String.valueOf(jdbc.queryForObject("select version()", String.class));
		String server = (version.contains("MariaDB") ? "MariaDB " : "MySQL ") + number(version);
		String driver = jdbc.execute((Connection connection) -> {
			DatabaseMetaData data = connection.getMetaData();
			return data.getDriverName() + " " + number(data.getDriverVersion());
		});
		try {
			Files.writeString(Files.createDirectories(NOTES).resolve(tests.getName() + ".txt"),
					server + "\n" + driver + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the first number of three parts, such as {@code 10.11.19}.
	 */
	private static String number(String text) {
		return VERSION.matcher(text)
			.results()
			.findFirst()
			.map(MatchResult::group)
			.orElseThrow(() -> new IllegalStateException("No version: " + text));
	}

}
