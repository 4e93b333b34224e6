package dev.failover.dialect.mariadb;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.failover.dialect.JdbcDriverSettings;
import org.jspecify.annotations.Nullable;

/**
 * {@link JdbcDriverSettings} of MariaDB Connector/J.
 * <p>
 * Source: the manual of MariaDB Connector/J 3, "About": default port; time-outs are in
 * milliseconds, 0 switches them off; names of options are not case-sensitive. Parameters
 * of the URL take precedence over properties ({@code Configuration.parse}).
 */
final class MariaDbDriverSettings implements JdbcDriverSettings {

	private static final int DEFAULT_PORT = 3306;

	private static final Pattern URL = Pattern.compile("jdbc:mariadb:[^/]*//([^/?]*)(?:/([^?]*))?(?:\\?(.*))?");

	private static final Pattern SERVER = Pattern.compile("(\\[[^]]*]|[^:()=]+)(?::(\\d{1,5}))?");

	private static final String SOCKET_FACTORY = "socketFactory";

	/** Class that the driver creates by its name. */
	private static final String OWN_SOCKET_FACTORY = "dev.failover.internal.socket.mariadb.MariaDbSocketFactory";

	@Override
	public String address(String jdbcUrl) {
		List<InetSocketAddress> servers = servers(jdbcUrl);
		Matcher url = URL.matcher(jdbcUrl);
		if (servers.isEmpty() || !url.matches()) {
			return UNKNOWN.address(jdbcUrl);
		}
		String address = servers.stream()
			.map((server) -> server.getHostString().toLowerCase(Locale.ROOT) + ":" + server.getPort())
			.collect(Collectors.joining(","));
		String database = url.group(2);
		return (database != null && !database.isEmpty()) ? address + "/" + database : address;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Empty if the URL describes a server by {@code address=(...)}.
	 */
	@Override
	public List<InetSocketAddress> servers(String jdbcUrl) {
		Matcher url = URL.matcher(jdbcUrl);
		if (!url.matches()) {
			return List.of();
		}
		List<Matcher> servers = Arrays.stream(url.group(1).split(",")).map(SERVER::matcher).toList();
		return servers.stream().allMatch(Matcher::matches)
				? servers.stream().map(MariaDbDriverSettings::server).toList() : List.of();
	}

	private static InetSocketAddress server(Matcher server) {
		String port = server.group(2);
		return InetSocketAddress.createUnresolved(server.group(1),
				(port != null) ? Math.min(Integer.parseInt(port), 65_535) : DEFAULT_PORT);
	}

	@Override
	public Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
		Map<String, String> set = merge(jdbcUrl, dataSourceProperties);
		return new Timeouts(millis(set, "connectTimeout"), null, millis(set, "socketTimeout"), null);
	}

	private static Map<String, String> merge(String jdbcUrl, Properties properties) {
		Map<String, String> set = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		properties.forEach((name, value) -> set.put(name.toString(), value.toString()));
		Matcher url = URL.matcher(jdbcUrl);
		if (url.matches() && url.group(3) != null) {
			for (String parameter : url.group(3).split("&")) {
				String[] parts = parameter.split("=", 2);
				set.put(parts[0], (parts.length == 2) ? parts[1] : "");
			}
		}
		return set;
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

	@Override
	public Properties probeProperties(String jdbcUrl, Duration deadline) {
		String millis = Long.toString(deadline.plusSeconds(2).toMillis());
		Properties properties = new Properties();
		properties.setProperty("connectTimeout", millis);
		properties.setProperty("socketTimeout", millis);
		return properties;
	}

	@Override
	public Properties connectProperties(String jdbcUrl, Duration connectTimeout) {
		Properties properties = new Properties();
		if (!merge(jdbcUrl, properties).containsKey("connectTimeout")) {
			properties.setProperty("connectTimeout", Long.toString(connectTimeout.toMillis()));
		}
		return properties;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * A factory in the URL would take precedence. Pipes and local sockets do not use it.
	 */
	@Override
	public Optional<SocketFactorySettings> socketFactory(String jdbcUrl, Properties properties) {
		String own = merge(jdbcUrl, properties).get(SOCKET_FACTORY);
		Properties connect = new Properties();
		properties.forEach((name, value) -> {
			if (!name.toString().equalsIgnoreCase(SOCKET_FACTORY)) {
				connect.put(name, value);
			}
		});
		if (own != null && !own.isEmpty()) {
			connect.setProperty(SocketFactorySettings.DELEGATE, own);
		}
		connect.setProperty(SOCKET_FACTORY, OWN_SOCKET_FACTORY);
		return Optional.of(new SocketFactorySettings(OWN_SOCKET_FACTORY, withoutSocketFactory(jdbcUrl), connect));
	}

	private static String withoutSocketFactory(String jdbcUrl) {
		int query = jdbcUrl.indexOf('?');
		if (query < 0) {
			return jdbcUrl;
		}
		String rest = Arrays.stream(jdbcUrl.substring(query + 1).split("&"))
			.filter((parameter) -> !parameter.split("=", 2)[0].equalsIgnoreCase(SOCKET_FACTORY))
			.collect(Collectors.joining("&"));
		return jdbcUrl.substring(0, query) + (rest.isEmpty() ? "" : "?" + rest);
	}

}
