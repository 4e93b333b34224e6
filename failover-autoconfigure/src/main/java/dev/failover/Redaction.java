package dev.failover;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Removes credentials and URLs from texts of drivers and servers. In doubt it removes too
 * much: a value or URL is hidden up to the next white space.
 */
final class Redaction {

	private static final String HIDDEN = "***";

	/** Longest text; what a server sends has no bound. */
	private static final int MAX_LENGTH = 10_000;

	/** Any URL: a JDBC URL can carry a password in more ways than can be listed. */
	private static final Pattern URL = Pattern.compile("(?i)(jdbc:|(?<![\\w+.-])[\\w+.-]++://)\\S+");

	/**
	 * A key is looked at once, at its first character. A quote without an end hides all.
	 */
	private static final Pattern SECRET = Pattern
		.compile("(?i)(?<![\\w.-])(?=[\\w.-]*?(?:password|passwd|passphrase|pwd|secret|token))([\\w.-]++)\\s*+[=:]\\s*+"
				+ "(?:\"[^\"]*+\"?|'[^']*+'?|\\{[^}]*+}?|\\S)\\S*+");

	private static final Pattern WORD = Pattern.compile("\\S+");

	/**
	 * Control characters, separators of lines, and marks that change the direction of a
	 * text: they forge or hide lines in a log.
	 */
	private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

	private Redaction() {
	}

	/**
	 * Returns the text with each URL, secret value and {@code user:password@} replaced by
	 * stars, without control characters, and cut where it is too long. The time that it
	 * takes grows with the length of the text, and no faster.
	 */
	static @Nullable String redact(@Nullable String text) {
		return (text != null) ? redactText(text) : null;
	}

	/**
	 * Returns the same as {@link #redact(String)}, for a text that is not null.
	 */
	static String redactText(String text) {
		String result = CONTROL.matcher(bound(text)).replaceAll(" ");
		result = URL.matcher(result).replaceAll("$1" + HIDDEN);
		result = SECRET.matcher(result).replaceAll("$1=" + HIDDEN);
		return WORD.matcher(result).replaceAll((word) -> Matcher.quoteReplacement(withoutUser(word.group())));
	}

	private static String bound(String text) {
		return (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) + "..." : text;
	}

	/**
	 * Hides what stands before the last {@code @} of a word, from the first name on that
	 * a colon or slash follows.
	 */
	private static String withoutUser(String word) {
		int host = word.lastIndexOf('@', word.length() - 2);
		int name = 0;
		for (int i = 0; i < host; i++) {
			char current = word.charAt(i);
			if ((current == ':' || current == '/') && i > name) {
				return word.substring(0, name) + HIDDEN + word.substring(host);
			}
			if (current == ':' || current == '/' || current == '@') {
				name = i + 1;
			}
		}
		return word;
	}

}
