package dev.failover.dialect.mysql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.failover.dialect.JdbcDriverSettings;

/**
 * {@link JdbcDriverSettings} of MySQL Connector/J.
 * <p>
 * Source: the manual of Connector/J 9, "Connection URL Syntax" and "Configuration
 * Properties": default port; time-outs are in milliseconds, 0 switches them off; names of
 * properties are not case-sensitive. Properties take precedence over parameters of the
 * URL ({@code ConnectionUrl.collectProperties}). For several servers, its chapter
 * "Multi-Host Connections".
 */
final class MySqlDriverSettings extends MySqlProtocolSettings {

	private static final Pattern SCHEME = Pattern.compile("jdbc:mysql(\\+srv)?:([a-z]+:)?//", Pattern.CASE_INSENSITIVE);

	private static final String NAMED_PIPES = "com.mysql.cj.protocol.NamedPipeSocketFactory";

	MySqlDriverSettings() {
		super("jdbc:mysql[^:/]*:", false, "dev.failover.internal.socket.mysql.MySqlSocketFactory");
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Which servers a name of DNS SRV records stands for is not known here.
	 */
	@Override
	public List<Remark> remarks(String jdbcUrl, Properties dataSourceProperties) {
		Matcher scheme = SCHEME.matcher(jdbcUrl);
		boolean records = scheme.lookingAt() && scheme.group(1) != null;
		if (!scheme.lookingAt() || (!records && !namesSeveralServers(jdbcUrl))) {
			return List.of();
		}
		String mode = (scheme.group(2) != null) ? scheme.group(2).toLowerCase(Locale.ROOT) : "";
		return List.of(switch (mode) {
			case "replication:" ->
				refused(mode, "A connection has two servers, and a read-only transaction runs on the second one.");
			case "loadbalance:" -> refused(mode, "A connection goes to another server at the end of each transaction.");
			default ->
				inOrder("A connection to a later one is read-only ('failOverReadOnly'), and goes back to the first"
						+ " one while it is in use ('secondsBeforeRetrySource').");
		});
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
