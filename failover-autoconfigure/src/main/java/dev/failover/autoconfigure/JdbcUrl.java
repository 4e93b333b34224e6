package dev.failover.autoconfigure;

import java.util.Locale;

/**
 * Looks at JDBC URLs without trusting them.
 */
final class JdbcUrl {

	private JdbcUrl() {
	}

	/**
	 * The URL without parameters and credentials, for messages.
	 */
	static String withoutSecrets(String url) {
		return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
	}

	/**
	 * Whether both URLs lead to the same database of the same server, as far as their
	 * text tells.
	 */
	static boolean same(String one, String other) {
		return normal(one).equals(normal(other));
	}

	/**
	 * pgjdbc takes {@code localhost} and 5432 where the URL names no host or port.
	 */
	private static String normal(String url) {
		return withoutSecrets(url).toLowerCase(Locale.ROOT)
			.replaceFirst("^jdbc:postgresql:(?!//)", "jdbc:postgresql:///")
			.replaceFirst("^jdbc:postgresql://(?=[/:]|$)", "jdbc:postgresql://localhost")
			.replaceFirst("/$", "")
			.replaceFirst("^(jdbc:postgresql://(?:[^:/\\[]+|\\[[^\\]]*\\]))(/|$)", "$1:5432$2");
	}

}
