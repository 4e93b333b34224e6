package dev.failover.dialect.postgresql;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.failover.dialect.JdbcDriverSettings;
import org.jspecify.annotations.Nullable;

/**
 * {@link JdbcDriverSettings} of pgjdbc, the JDBC driver of PostgreSQL.
 * <p>
 * Source: the pgjdbc manual, "Connecting to the Database": default host and port;
 * time-outs are in seconds, 0 switches them off; parameters of the URL take precedence
 * over properties.
 */
final class PostgresDriverSettings implements JdbcDriverSettings {

	private static final int DEFAULT_PORT = 5432;

	/**
	 * Seconds for a cancel request where the user has set none. The driver's default is
	 * 10, and one timer thread sends the requests of all connections in the JVM.
	 */
	private static final String CANCEL_SECONDS = "2";

	private static final String SOCKET_FACTORY = "socketFactory";

	/** Class that the driver creates by its name. */
	private static final String OWN_SOCKET_FACTORY = "dev.failover.internal.socket.postgresql.PostgresSocketFactory";

	private static final Pattern URL = Pattern
		.compile("jdbc:postgresql:(?://(?:[^/?@]*@)?([^/?]*))?/?([^?]*)(?:\\?(.*))?");

	private static final Pattern SERVER = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(\\d{1,5}))?");

	/** Parameters that select a server; the upper-case names are the driver's own. */
	private static final Set<String> SELECTING = Set.of("targetServerType", "loadBalanceHosts", "service", "host",
			"port", "dbname", "PGHOST", "PGPORT", "PGDBNAME");

	private static final Set<String> CREDENTIALS = Set.of("user", "password");

	/** Values that equal the defaults of their parameters. */
	private static final Set<String> DEFAULTS = Set.of("targetServerType=any", "loadBalanceHosts=false");

	@Override
	public String address(String jdbcUrl) {
		String servers = servers(jdbcUrl).stream()
			.map((server) -> server.getHostString().toLowerCase(Locale.ROOT) + ":" + server.getPort())
			.collect(Collectors.joining(","));
		Matcher url = URL.matcher(jdbcUrl);
		String database = url.matches() ? url.group(2).replaceFirst("/$", "") : "";
		return database.isEmpty() ? servers : servers + "/" + database;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * A socket factory connects to any server, by parameters that only the factory knows:
	 * with one, all parameters except credentials count. {@code master} and {@code slave}
	 * are old names of {@code primary} and {@code secondary}.
	 */
	@Override
	public Map<String, String> serverSelection(String jdbcUrl, Properties dataSourceProperties) {
		Map<String, String> selection = new TreeMap<>();
		merge(jdbcUrl, dataSourceProperties).forEach((name, value) -> selection.put(name.toString(), value.toString()));
		if (!selection.containsKey(SOCKET_FACTORY)) {
			selection.keySet().retainAll(SELECTING);
		}
		selection.keySet().removeAll(CREDENTIALS);
		selection.computeIfPresent("targetServerType",
				(name, type) -> type.replace("master", "primary").replace("lave", "econdary"));
		selection.entrySet().removeIf((setting) -> DEFAULTS.contains(setting.toString()));
		return selection;
	}

	@Override
	public List<InetSocketAddress> servers(String jdbcUrl) {
		Matcher url = URL.matcher(jdbcUrl);
		if (!url.matches()) {
			return List.of();
		}
		String servers = (url.group(1) != null) ? url.group(1) : "";
		return Arrays.stream(servers.split(",")).map(PostgresDriverSettings::server).toList();
	}

	private static InetSocketAddress server(String text) {
		Matcher server = SERVER.matcher(text);
		boolean named = server.matches() && !server.group(1).isEmpty();
		String port = server.matches() ? server.group(2) : null;
		return InetSocketAddress.createUnresolved(named ? server.group(1) : "localhost",
				(port != null) ? Math.min(Integer.parseInt(port), 65_535) : DEFAULT_PORT);
	}

	@Override
	public Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
		Properties set = merge(jdbcUrl, dataSourceProperties);
		return new Timeouts(seconds(set, "connectTimeout"), seconds(set, "loginTimeout"), seconds(set, "socketTimeout"),
				seconds(set, "cancelSignalTimeout"));
	}

	private static Properties merge(String jdbcUrl, Properties dataSourceProperties) {
		Properties set = new Properties();
		set.putAll(dataSourceProperties);
		set.putAll(parameters(jdbcUrl));
		return set;
	}

	private static Properties parameters(String jdbcUrl) {
		Properties parameters = new Properties();
		Matcher url = URL.matcher(jdbcUrl);
		if (url.matches() && url.group(3) != null) {
			for (String parameter : url.group(3).split("&")) {
				String[] parts = parameter.split("=", 2);
				parameters.setProperty(parts[0], (parts.length == 2) ? parts[1] : "");
			}
		}
		return parameters;
	}

	private static @Nullable Duration seconds(Properties properties, String name) {
		Object value = properties.get(name);
		try {
			return (value != null) ? Duration.ofMillis(new BigDecimal(decode(value)).movePointRight(3).longValue())
					: null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static String decode(Object value) {
		return URLDecoder.decode(value.toString(), StandardCharsets.UTF_8).strip();
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * A role, and no balancing among several servers that have it, makes the node one
	 * server at a time.
	 */
	@Override
	public List<Remark> remarks(String jdbcUrl, Properties dataSourceProperties) {
		Map<String, String> selection = serverSelection(jdbcUrl, dataSourceProperties);
		String type = selection.getOrDefault("targetServerType", "any");
		boolean balanced = "true".equals(selection.get("loadBalanceHosts"));
		if (servers(jdbcUrl).size() < 2 || type.equals("primary") || (type.equals("secondary") && !balanced)) {
			return List.of();
		}
		return List.of(new Remark("several-servers", Remark.Kind.WARNING,
				"Its URL names several servers with 'targetServerType=" + type + "'"
						+ (balanced ? " and 'loadBalanceHosts=true'" : "")
						+ ": connections of one pool can lead to different servers, and what a probe tells of one is"
						+ " not true of the other.",
				"Name one server for each node, or set 'targetServerType=primary' for the primary and"
						+ " 'targetServerType=secondary' for the mirror, without 'loadBalanceHosts'."));
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Sets no {@code loginTimeout}: with one, pgjdbc 42.7 logs in on a thread of its own,
	 * which costs time when a server is lost. The other two time-outs bound each step of
	 * a login.
	 */
	@Override
	public Properties probeProperties(String jdbcUrl, Duration deadline) {
		String seconds = Long.toString(deadline.toSeconds() + 2);
		Properties properties = new Properties();
		properties.setProperty("connectTimeout", seconds);
		properties.setProperty("loginTimeout", "0");
		properties.setProperty("socketTimeout", seconds);
		properties.setProperty("preferQueryMode", "simple");
		properties.setProperty("ApplicationName", "failover-probe");
		return properties;
	}

	@Override
	public Properties connectProperties(String jdbcUrl, Duration connectTimeout) {
		String seconds = Long.toString(Math.max(1, connectTimeout.toSeconds()));
		Properties properties = new Properties();
		for (String name : new String[] { "connectTimeout", "loginTimeout" }) {
			if (!jdbcUrl.contains(name + "=")) {
				properties.setProperty(name, seconds);
			}
		}
		properties.setProperty("cancelSignalTimeout", CANCEL_SECONDS);
		return properties;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Empty if the URL names a service: the service can name a socket factory in a file
	 * that only the driver reads. A factory in the URL would take precedence.
	 */
	@Override
	public Optional<SocketFactorySettings> socketFactory(String jdbcUrl, Properties properties) {
		Properties set = merge(jdbcUrl, properties);
		if (set.containsKey("service")) {
			return Optional.empty();
		}
		Properties connect = (Properties) properties.clone();
		Object own = set.get(SOCKET_FACTORY);
		if (own != null) {
			connect.setProperty(SocketFactorySettings.DELEGATE, decode(own));
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
			.filter((parameter) -> !parameter.startsWith(SOCKET_FACTORY + "=") && !parameter.equals(SOCKET_FACTORY))
			.collect(Collectors.joining("&"));
		return jdbcUrl.substring(0, query) + (rest.isEmpty() ? "" : "?" + rest);
	}

}
