package dev.failover.dialect.mysql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings;

/**
 * {@link JdbcDriverSettings} of MySQL Connector/J.
 * <p>
 * Source: the manual of Connector/J 9, "Connection URL Syntax" and "Configuration
 * Properties": default port; time-outs are in milliseconds, 0 switches them off; names of
 * properties are not case-sensitive. Properties take precedence over parameters of the
 * URL ({@code ConnectionUrl.collectProperties}).
 */
final class MySqlDriverSettings extends MySqlProtocolSettings {

	private static final String NAMED_PIPES = "com.mysql.cj.protocol.NamedPipeSocketFactory";

	MySqlDriverSettings() {
		super("jdbc:mysql[^:/]*:", false, "dev.failover.internal.socket.mysql.MySqlSocketFactory");
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Empty for named pipes, and if the URL names the factory of a single server.
	 */
	@Override
	public Optional<SocketFactorySettings> socketFactory(String jdbcUrl, Properties properties) {
		Map<String, String> set = merge(jdbcUrl, properties);
		String own = set.get(SOCKET_FACTORY);
		if (NAMED_PIPES.equals(own) || "pipe".equalsIgnoreCase(set.get("protocol")) || namesOneOfAServer(jdbcUrl)) {
			return Optional.empty();
		}
		return Optional.of(ownSockets(jdbcUrl, properties, own));
	}

	/**
	 * Returns whether the URL has a server such as {@code (host=db1,socketFactory=...)}.
	 */
	private static boolean namesOneOfAServer(String jdbcUrl) {
		String servers = jdbcUrl.split("\\?", 2)[0].toLowerCase(Locale.ROOT);
		return servers.contains("socketfactory") || servers.contains("protocol");
	}

}
