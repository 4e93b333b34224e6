package dev.failover.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Spells the URLs of the servers.
 */
final class JdbcUrls {

	private JdbcUrls() {
	}

	/**
	 * Return a URL without credentials.
	 */
	static String url(int port, String database) {
		return "jdbc:postgresql://127.0.0.1:" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
	}

}
