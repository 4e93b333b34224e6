package dev.failover.dialect.mysql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.failover.dialect.JdbcDriverSettings;

/**
 * {@link JdbcDriverSettings} of MariaDB Connector/J.
 * <p>
 * Source: the manual of MariaDB Connector/J 3, "About": default port; time-outs are in
 * milliseconds, 0 switches them off; names of options are not case-sensitive. Parameters
 * of the URL take precedence over properties ({@code Configuration.parse}).
 */
final class MariaDbDriverSettings extends MySqlProtocolSettings {

	private static final Pattern SCHEME = Pattern.compile("jdbc:mariadb:([a-z_-]+:)//", Pattern.CASE_INSENSITIVE);

	MariaDbDriverSettings() {
		super("jdbc:mariadb:", true, "dev.failover.internal.socket.mariadb.MariaDbSocketFactory");
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Source: {@code Configuration.parseHaMode} and {@code HaMode} of the driver, which
	 * knows some modes by two names.
	 */
	@Override
	public List<Remark> remarks(String jdbcUrl, Properties dataSourceProperties) {
		if (!namesSeveralServers(jdbcUrl)) {
			return List.of();
		}
		Matcher scheme = SCHEME.matcher(jdbcUrl);
		String mode = scheme.lookingAt() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
		return List.of(switch (mode.replaceAll("[-_]", "")) {
			case "replication:" -> refused(mode,
					"A connection has two servers, and a read-only transaction runs on one of the later ones.");
			case "loadbalance:", "loadbalanceread:", "failover:" ->
				refused(mode, "Each connection has another server.");
			case "sequential:" -> inOrder(
					"A connection whose server is lost goes on with another one, and tells of the loss with the SQLState"
							+ " 25S03, or not at all.");
			default -> inOrder("");
		});
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * A factory in the URL would take precedence. Pipes and local sockets do not use it.
	 */
	@Override
	public Optional<SocketFactorySettings> socketFactory(String jdbcUrl, Properties properties) {
		String own = merge(jdbcUrl, properties).get(SOCKET_FACTORY);
		return Optional
			.of(ownSockets(withoutSocketFactory(jdbcUrl), properties, (own == null || own.isEmpty()) ? null : own));
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
