package dev.failover.dialect.postgresql;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.failover.dialect.DriverTimeouts;
import dev.failover.dialect.Preflight;
import dev.failover.dialect.ServerFacts;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL 10 and later with its own driver.
 * <p>
 * Sources: the PostgreSQL manual, "Predefined Roles" ({@code pg_monitor} is a member of
 * {@code pg_read_all_stats}, without which most columns of {@code pg_stat_replication}
 * and {@code pg_stat_wal_receiver} read as null), "Connections and Authentication"
 * ({@code max_connections} and what is reserved of it; {@code reserved_connections} since
 * 16), the catalogs {@code pg_roles} and {@code pg_database} (limits of -1 mean none),
 * and the functions {@code pg_has_role} and {@code pg_postmaster_start_time}; the pgjdbc
 * manual, "Connecting to the Database": default host and port, time-outs in seconds, 0
 * for none, and parameters of the URL before properties.
 */
final class PostgresDriverSettings implements Preflight {

	private static final int PORT = 5432;

	private static final Pattern URL = Pattern.compile("jdbc:postgresql:(?://([^/?]*))?[^?]*(?:\\?(.*))?");

	private static final Pattern SERVER = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(\\d{1,5}))?");

	private static final String READ = """
			select pg_has_role(current_user, 'pg_read_all_stats', 'usage'),
			       least(current_setting('max_connections')::int
			                 - current_setting('superuser_reserved_connections')::int
			                 - coalesce(current_setting('reserved_connections', true), '0')::int,
			             (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
			             (select nullif(datconnlimit, -1) from pg_database where datname = current_database())),
			       (select system_identifier from pg_control_system())
			           || '/' || extract(epoch from pg_postmaster_start_time())""";

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
				(port != null) ? Math.min(Integer.parseInt(port), 65_535) : PORT);
	}

	@Override
	public DriverTimeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
		Properties set = new Properties();
		set.putAll(dataSourceProperties);
		set.putAll(parameters(jdbcUrl));
		return new DriverTimeouts(seconds(set, "connectTimeout"), seconds(set, "loginTimeout"),
				seconds(set, "socketTimeout"));
	}

	private static Properties parameters(String jdbcUrl) {
		Properties parameters = new Properties();
		Matcher url = URL.matcher(jdbcUrl);
		if (url.matches() && url.group(2) != null) {
			for (String parameter : url.group(2).split("&")) {
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

	@Override
	public ServerFacts read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(READ)) {
			row.next();
			List<String> missing = row.getBoolean(1) ? List.of() : List.of("pg_monitor");
			return new ServerFacts(missing, row.getInt(2), row.getString(3));
		}
	}

	@Override
	public String synchronousRemedy() {
		return "If none may be lost, name the mirror in synchronous_standby_names of the primary"
				+ " (with Patroni, set synchronous_mode).";
	}

}
