package dev.failover.dialect.mysql;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.failover.dialect.JdbcDriverSettings;
import org.jspecify.annotations.Nullable;

/**
 * Common settings of the drivers that speak the protocol of MySQL: URLs, default port,
 * and time-outs in milliseconds, of which 0 switches one off. Names of parameters are not
 * case-sensitive.
 */
abstract class MySqlProtocolSettings implements JdbcDriverSettings {

	static final String SOCKET_FACTORY = "socketFactory";

	private static final int DEFAULT_PORT = 3306;

	/** Separates servers, but not the properties of one in parentheses. */
	private static final Pattern SEVERAL = Pattern.compile(",(?![^()]*\\))");

	private static final String SEVERAL_SERVERS = "several-servers";

	private static final Pattern SERVER = Pattern.compile("(\\[[^]]*]|[^:()=]+)(?::(\\d{1,5}))?");

	private final Pattern url;

	private final boolean urlTakesPrecedence;

	private final String ownSocketFactory;

	/**
	 * Creates the settings of one driver.
	 * @param scheme regular expression for the beginning of its URLs
	 * @param urlTakesPrecedence whether parameters of the URL take precedence over
	 * properties
	 * @param ownSocketFactory class of the engine that the driver creates by its name
	 */
	MySqlProtocolSettings(String scheme, boolean urlTakesPrecedence, String ownSocketFactory) {
		this.url = Pattern.compile(scheme + "[^/]*//([^/?]*)(?:/([^?]*))?(?:\\?(.*))?");
		this.urlTakesPrecedence = urlTakesPrecedence;
		this.ownSocketFactory = ownSocketFactory;
	}

	@Override
	public final String address(String jdbcUrl) {
		List<InetSocketAddress> servers = servers(jdbcUrl);
		Matcher matcher = this.url.matcher(jdbcUrl);
		if (servers.isEmpty() || !matcher.matches()) {
			return UNKNOWN.address(jdbcUrl);
		}
		String address = servers.stream()
			.map((server) -> server.getHostString().toLowerCase(Locale.ROOT) + ":" + server.getPort())
			.collect(Collectors.joining(","));
		String database = matcher.group(2);
		return (database != null && !database.isEmpty()) ? address + "/" + database : address;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Empty if the URL describes a server by {@code address=(...)}.
	 */
	@Override
	public final List<InetSocketAddress> servers(String jdbcUrl) {
		Matcher matcher = this.url.matcher(jdbcUrl);
		if (!matcher.matches()) {
			return List.of();
		}
		List<Matcher> servers = Arrays.stream(matcher.group(1).split(",")).map(SERVER::matcher).toList();
		return servers.stream().allMatch(Matcher::matches)
				? servers.stream().map(MySqlProtocolSettings::server).toList() : List.of();
	}

	private static InetSocketAddress server(Matcher server) {
		String port = server.group(2);
		return InetSocketAddress.createUnresolved(server.group(1),
				(port != null) ? Math.min(Integer.parseInt(port), 65_535) : DEFAULT_PORT);
	}

	@Override
	public final Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
		Map<String, String> set = merge(jdbcUrl, dataSourceProperties);
		return new Timeouts(millis(set, "connectTimeout"), null, millis(set, "socketTimeout"), null);
	}

	private static @Nullable Duration millis(Map<String, String> set, String name) {
		try {
			String value = set.get(name);
			return (value != null) ? Duration.ofMillis(Long.parseLong(value.strip())) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Returns what is set in the URL and in the properties.
	 */
	final Map<String, String> merge(String jdbcUrl, Properties properties) {
		Map<String, String> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		properties.forEach((name, value) -> set.put(name.toString(), value.toString()));
		parameters(jdbcUrl).forEach((name, value) -> {
			if (this.urlTakesPrecedence || !set.containsKey(name)) {
				set.put(name, value);
			}
		});
		return set;
	}

	private Map<String, String> parameters(String jdbcUrl) {
		Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		Matcher matcher = this.url.matcher(jdbcUrl);
		if (matcher.matches() && matcher.group(3) != null) {
			for (String parameter : matcher.group(3).split("&")) {
				String[] parts = parameter.split("=", 2);
				parameters.put(parts[0], (parts.length == 2) ? parts[1] : "");
			}
		}
		return parameters;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Allows several statements in one call, on the connections of probes only: all
	 * questions of a probe then take one round trip.
	 */
	@Override
	public final Properties probeProperties(String jdbcUrl, Duration deadline) {
		String millis = Long.toString(deadline.plusSeconds(2).toMillis());
		Properties properties = new Properties();
		properties.setProperty("connectTimeout", millis);
		properties.setProperty("socketTimeout", millis);
		properties.setProperty("allowMultiQueries", "true");
		return properties;
	}

	@Override
	public final Properties connectProperties(String jdbcUrl, Duration connectTimeout) {
		Properties properties = new Properties();
		if (!parameters(jdbcUrl).containsKey("connectTimeout")) {
			properties.setProperty("connectTimeout", Long.toString(connectTimeout.toMillis()));
		}
		return properties;
	}

	/**
	 * Returns whether the URL names more than one server, in either notation.
	 */
	final boolean namesSeveralServers(String jdbcUrl) {
		Matcher matcher = this.url.matcher(jdbcUrl);
		return matcher.matches() && SEVERAL.matcher(matcher.group(1)).find();
	}

	/**
	 * Returns the remark on a mode in which one connection has several servers, or each
	 * connection another one.
	 * @param mode mode as it is written in URLs
	 * @param what what the driver does, as a sentence
	 */
	static Remark refused(String mode, String what) {
		return new Remark(SEVERAL_SERVERS, Remark.Kind.REFUSED,
				"It has the mode '" + mode + "'. " + what
						+ " What failover knows of the server of a probe says nothing about the servers of other"
						+ " connections then.",
				"Name one server for each node: the primary in 'spring.datasource.url', each other one in"
						+ " 'failover.mirrors.<name>.url'. For reads on the mirrors, set"
						+ " 'failover.reads.target=mirror'.");
	}

	/**
	 * Returns the remark on a URL whose servers the driver tries in order.
	 * @param more what else the driver does with them, as a sentence, or an empty text
	 */
	static Remark inOrder(String more) {
		return new Remark(SEVERAL_SERVERS, Remark.Kind.WARNING,
				"Its URL names several servers, which the driver tries in order: the node is the first one that lets"
						+ " it log in, a silent one delays each login by the driver's time-outs, and connections of one"
						+ " pool can lead to different servers." + (more.isEmpty() ? "" : " " + more),
				"Name one server for each node: the primary in 'spring.datasource.url', each other one in"
						+ " 'failover.mirrors.<name>.url'.");
	}

	/**
	 * Returns the settings with the engine's socket factory.
	 * @param jdbcUrl URL to connect with
	 * @param own the user's own factory, or null if there is none
	 */
	final SocketFactorySettings ownSockets(String jdbcUrl, Properties properties, @Nullable String own) {
		Properties connect = new Properties();
		properties.forEach((name, value) -> {
			if (!name.toString().equalsIgnoreCase(SOCKET_FACTORY)) {
				connect.put(name, value);
			}
		});
		if (own != null) {
			connect.setProperty(SocketFactorySettings.DELEGATE, own);
		}
		connect.setProperty(SOCKET_FACTORY, this.ownSocketFactory);
		return new SocketFactorySettings(this.ownSocketFactory, jdbcUrl, connect);
	}

}
