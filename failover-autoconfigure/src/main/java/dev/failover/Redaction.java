package dev.failover;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Removes credentials and URLs from texts of drivers and servers. In doubt it removes too
 * much: a value or URL is hidden up to the next white space.
 */
final class Redaction {

	private static final String HIDDEN = "***";

	/** Any URL: a JDBC URL can carry a password in more ways than can be listed. */
	private static final Pattern URL = Pattern.compile("(?i)\\b(jdbc:|[a-z][a-z0-9+.-]*://)\\S+");

	private static final Pattern SECRET = Pattern
		.compile("(?i)([\\w.-]*(?:password|passwd|passphrase|pwd|secret|token)[\\w-]*)\\s*[=:]\\s*"
				+ "(?:\"[^\"]*\"|'[^']*'|\\{[^}]*}|\\S)\\S*");

	private static final Pattern USER_INFO = Pattern.compile("[^\\s:/@]++[:/]\\S*@(?=\\S)");

	private Redaction() {
	}

	/**
	 * Returns the text with each URL, secret value and {@code user:password@} replaced by
	 * stars.
	 */
	static @Nullable String redact(@Nullable String text) {
		return (text != null) ? redactText(text) : null;
	}

	/**
	 * Returns the same as {@link #redact(String)}, for a text that is not null.
	 */
	static String redactText(String text) {
		String result = URL.matcher(text).replaceAll("$1" + HIDDEN);
		result = SECRET.matcher(result).replaceAll("$1=" + HIDDEN);
		return USER_INFO.matcher(result).replaceAll(HIDDEN + "@");
	}

}
