package dev.failover.dialect.sqlserver;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * URL of mssql-jdbc: {@code jdbc:sqlserver://[server[\instance][:port]][;name=value]...}.
 * <p>
 * Source: {@code Util.parseUrl} and {@code SQLServerDriver} of mssql-jdbc 13.4. Names are
 * not case-sensitive and have synonyms, a value in braces may contain semicolons, and of
 * two values the last one counts.
 *
 * @param properties the properties by their names, those of the server included
 */
record SqlServerUrl(Map<String, String> properties) {

	static final String PREFIX = "jdbc:sqlserver:";

	static final String SERVER = "serverName";

	static final String INSTANCE = "instanceName";

	static final String PORT = "portNumber";

	static final String DATABASE = "databaseName";

	private static final Map<String, String> SYNONYMS = Map.of("server", SERVER, "port", PORT, "database", DATABASE,
			"username", "user");

	private static final Pattern ADDRESS = Pattern.compile("([^\\\\:;]*)(?:\\\\([^:;]*))?(?::([^;]*))?");

	private static final Pattern PROPERTY = Pattern
		.compile(";\\s*([^=;]+?)\\s*=\\s*(?:\\{((?:[^}]|}})*)}\\s*|([^;{]*))");

	/**
	 * Returns what a URL contains; nothing where it is not well-formed.
	 */
	static SqlServerUrl parse(String jdbcUrl) {
		Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		String text = jdbcUrl.replaceFirst("^" + PREFIX + "(//)?", "");
		Matcher address = ADDRESS.matcher(text);
		if (address.lookingAt()) {
			put(found, SERVER, address.group(1));
			put(found, INSTANCE, address.group(2));
			put(found, PORT, address.group(3));
			Matcher property = PROPERTY.matcher(text).region(address.end(), text.length());
			while (property.lookingAt()) {
				String quoted = property.group(2);
				put(found, canonical(property.group(1)),
						(quoted != null) ? quoted.replace("}}", "}") : property.group(3));
				property.region(property.end(), text.length());
			}
		}
		return new SqlServerUrl(found);
	}

	private static void put(Map<String, String> found, String name, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			found.put(name, value.strip());
		}
	}

	/**
	 * Returns the name of a property for one of its synonyms.
	 */
	static String canonical(String name) {
		return SYNONYMS.getOrDefault(name.toLowerCase(Locale.ROOT), name);
	}

	/**
	 * Returns the properties of the URL and those of the data source, which take
	 * precedence.
	 */
	SqlServerUrl with(Properties dataSourceProperties) {
		Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		merged.putAll(this.properties);
		dataSourceProperties.forEach((name, value) -> put(merged, canonical(name.toString()), value.toString()));
		return new SqlServerUrl(merged);
	}

	@Nullable String get(String name) {
		return this.properties.get(name);
	}

	boolean isTrue(String name) {
		return "true".equalsIgnoreCase(get(name));
	}

}
