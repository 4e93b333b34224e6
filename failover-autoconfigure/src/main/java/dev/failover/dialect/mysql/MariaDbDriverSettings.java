package dev.failover.dialect.mysql;

import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
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

	MariaDbDriverSettings() {
		super("jdbc:mariadb:", true, "dev.failover.internal.socket.mariadb.MariaDbSocketFactory");
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
