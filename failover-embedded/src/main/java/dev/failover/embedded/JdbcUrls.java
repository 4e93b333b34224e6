package dev.failover.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * JDBC URLs of the servers.
 */
final class JdbcUrls {

	private JdbcUrls() {
	}

	/**
	 * Return a URL without credentials.
	 * @param port the port
	 * @param database name of the database
	 * @return the URL
	 */
	static String url(int port, String database) {
		return "jdbc:postgresql://127.0.0.1:" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
	}

}
