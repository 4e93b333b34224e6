package dev.failover.dialect.sqlserver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.JdbcDriverSettings.Remark.Kind;
import org.jspecify.annotations.Nullable;

/**
 * {@link JdbcDriverSettings} of mssql-jdbc.
 * <p>
 * Sources: "Setting the connection properties" and "JDBC driver support for High
 * Availability, disaster recovery" of Microsoft; source text of mssql-jdbc 13.4.0.
 * Properties take precedence over the URL. {@code loginTimeout} is in seconds, and 0 is
 * its default of 30; {@code socketTimeout} is in milliseconds, and 0 switches it off.
 * {@code loginTimeout} does not bound a read from a silent server unless
 * {@code socketTimeout} is set, too. A cancel request goes over the connection of its
 * statement, so that there is no time-out of its own for connecting.
 */
final class SqlServerDriverSettings implements JdbcDriverSettings {

	private static final int DEFAULT_PORT = 1433;

	private static final String LOGIN_TIMEOUT = "loginTimeout";

	/** Largest value that the driver takes, in seconds (mssql-jdbc 13). */
	private static final long LONGEST_LOGIN = 65_535;

	private static final String SOCKET_TIMEOUT = "socketTimeout";

	private static final String RETRIES = "connectRetryCount";

	private static final String PARTNER = "failoverPartner";

	private static final String INTENT = "applicationIntent";

	private static final String MULTI_SUBNET = "multiSubnetFailover";

	private static final String FACTORY = "socketFactoryClass";

	private static final String FACTORY_ARGUMENT = "socketFactoryConstructorArg";

	/** Class that the driver creates by its name. */
	private static final String OWN_FACTORY = "dev.failover.internal.socket.sqlserver.SqlServerSocketFactory";

	/** Properties of a URL that select a server behind its address. */
	private static final Set<String> SELECTING = Set.of(PARTNER, INTENT);

	/** Properties of a data source that do so. */
	private static final Set<String> SELECTING_OF_DATA_SOURCE = Set.of(PARTNER, INTENT, SqlServerUrl.SERVER,
			SqlServerUrl.INSTANCE, SqlServerUrl.PORT, SqlServerUrl.DATABASE);

	/**
	 * {@inheritDoc}
	 * <p>
	 * A named instance without a port is known by its name: SQL Server Browser tells the
	 * port.
	 */
	@Override
	public String address(String jdbcUrl) {
		SqlServerUrl url = SqlServerUrl.parse(jdbcUrl);
		String server = lower(url.get(SqlServerUrl.SERVER), "localhost");
		String instance = url.get(SqlServerUrl.INSTANCE);
		String port = url.get(SqlServerUrl.PORT);
		String address = (instance != null && port == null) ? server + "\\" + lower(instance, "")
				: server + ":" + ((port != null) ? port : DEFAULT_PORT);
		String database = url.get(SqlServerUrl.DATABASE);
		return (database != null) ? address + "/" + database : address;
	}

	private static String lower(@Nullable String text, String otherwise) {
		return (text != null) ? text.toLowerCase(Locale.ROOT) : otherwise;
	}

	@Override
	public Map<String, String> serverSelection(String jdbcUrl, Properties dataSourceProperties) {
		Map<String, String> selection = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		SqlServerUrl.parse(jdbcUrl)
			.properties()
			.forEach((name, value) -> add(selection, SELECTING, name, value.toLowerCase(Locale.ROOT)));
		dataSourceProperties.forEach((name, value) -> add(selection, SELECTING_OF_DATA_SOURCE,
				SqlServerUrl.canonical(name.toString()), value.toString().toLowerCase(Locale.ROOT)));
		selection.remove(INTENT, "readwrite");
		return selection;
	}

	private static void add(Map<String, String> selection, Set<String> selecting, String name, String value) {
		if (selecting.stream().anyMatch(name::equalsIgnoreCase)) {
			selection.put(name, value);
		}
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Empty if only SQL Server Browser knows the port.
	 */
	@Override
	public List<InetSocketAddress> servers(String jdbcUrl) {
		SqlServerUrl url = SqlServerUrl.parse(jdbcUrl);
		String port = url.get(SqlServerUrl.PORT);
		if (port == null && url.get(SqlServerUrl.INSTANCE) != null) {
			return List.of();
		}
		Long number = (port != null) ? number(port) : Long.valueOf(DEFAULT_PORT);
		String server = url.get(SqlServerUrl.SERVER);
		return (number == null || number < 0 || number > 65_535) ? List.of() : List
			.of(InetSocketAddress.createUnresolved((server != null) ? server : "localhost", number.intValue()));
	}

	private static @Nullable Long number(@Nullable String text) {
		try {
			return (text != null) ? Long.valueOf(text) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	@Override
	public Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
		SqlServerUrl set = SqlServerUrl.parse(jdbcUrl).with(dataSourceProperties);
		Long login = number(set.get(LOGIN_TIMEOUT));
		Long socket = number(set.get(SOCKET_TIMEOUT));
		return new Timeouts(null, (login != null && login > 0) ? Duration.ofSeconds(login) : null,
				(socket != null) ? Duration.ofMillis(socket) : null, null);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Switches the driver's own repetition of refused logins off: with
	 * {@code multiSubnetFailover} and {@code failoverPartner} it pauses for seconds
	 * before it tells of the refusal.
	 */
	@Override
	public Properties probeProperties(String jdbcUrl, Duration deadline) {
		Properties properties = new Properties();
		properties.setProperty(LOGIN_TIMEOUT, Long.toString(deadline.toSeconds() + 2));
		properties.setProperty(SOCKET_TIMEOUT, Long.toString(deadline.plusSeconds(2).toMillis()));
		properties.setProperty(RETRIES, "0");
		properties.setProperty("applicationName", "failover-probe");
		return properties;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The driver does not connect again by itself where the user has not set that: an
	 * idle connection whose server is lost would keep its caller for seconds, and the
	 * pool has other connections.
	 */
	@Override
	public Properties connectProperties(String jdbcUrl, Duration connectTimeout) {
		Properties properties = new Properties();
		if (SqlServerUrl.parse(jdbcUrl).get(LOGIN_TIMEOUT) == null) {
			long seconds = Math.max(1, Math.min(LONGEST_LOGIN, connectTimeout.toSeconds()));
			properties.setProperty(LOGIN_TIMEOUT, Long.toString(seconds));
		}
		if (SqlServerUrl.parse(jdbcUrl).get(RETRIES) == null) {
			properties.setProperty(RETRIES, "0");
		}
		return properties;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The driver hands the factory one text, {@code socketFactoryConstructorArg}: the key
	 * of the sockets, then the user's own factory and its argument.
	 */
	@Override
	public Optional<SocketFactorySettings> socketFactory(String jdbcUrl, Properties properties) {
		SqlServerUrl set = SqlServerUrl.parse(jdbcUrl).with(properties);
		Properties connect = new Properties();
		properties.forEach((name, value) -> {
			if (!name.toString().equalsIgnoreCase(FACTORY) && !name.toString().equalsIgnoreCase(FACTORY_ARGUMENT)) {
				connect.put(name, value);
			}
		});
		connect.setProperty(FACTORY, OWN_FACTORY);
		String own = set.get(FACTORY);
		if (own != null) {
			String argument = set.get(FACTORY_ARGUMENT);
			connect.setProperty(FACTORY_ARGUMENT, (argument != null) ? own + " " + argument : own);
		}
		return Optional.of(new SocketFactorySettings(OWN_FACTORY, jdbcUrl, connect, FACTORY_ARGUMENT));
	}

	@Override
	public List<Remark> remarks(String jdbcUrl, Properties dataSourceProperties) {
		SqlServerUrl set = SqlServerUrl.parse(jdbcUrl).with(dataSourceProperties);
		List<Remark> remarks = new ArrayList<>();
		boolean readOnly = "ReadOnly".equalsIgnoreCase(set.get(INTENT));
		if (set.get(PARTNER) != null) {
			remarks.add(partner(set, readOnly));
		}
		if (readOnly) {
			remarks.add(new Remark("application-intent", Kind.WARNING,
					"Its connections have the intent ReadOnly: a listener may lead them to another replica than the "
							+ "primary, and a primary replica can refuse them (error 979), so that this node cannot "
							+ "take writes after a failover.",
					"Let the replica accept all connections, with SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL), and remove "
							+ "'applicationIntent'."));
		}
		if (set.isTrue(MULTI_SUBNET) && !"0".equals(set.get(RETRIES))) {
			remarks.add(new Remark("multi-subnet-failover", Kind.INFO,
					"With 'multiSubnetFailover', the driver repeats a refused login after 'connectRetryInterval' (10 s "
							+ "unless it is set), so that the pool can come back that much later than the server.",
					"Set 'connectRetryCount=0': the pool repeats logins itself."));
		}
		return remarks;
	}

	/**
	 * Returns the remark on a partner. The driver refuses it together with some other
	 * properties.
	 */
	private static Remark partner(SqlServerUrl set, boolean readOnly) {
		String excluded = set.isTrue(MULTI_SUBNET) ? "'multiSubnetFailover=true'"
				: readOnly ? "'applicationIntent=ReadOnly'" : null;
		if (excluded != null) {
			return new Remark("failover-partner", Kind.REFUSED,
					"The driver accepts 'failoverPartner' and " + excluded + " only without each other.",
					"Remove 'failoverPartner', and make the partner a mirror of failover.");
		}
		if (set.get(SqlServerUrl.DATABASE) == null) {
			return new Remark("failover-partner", Kind.REFUSED,
					"The driver accepts 'failoverPartner' only together with 'databaseName'.",
					"Remove 'failoverPartner', and make the partner a mirror of failover, or set 'databaseName'.");
		}
		return new Remark("failover-partner", Kind.WARNING,
				"With 'failoverPartner', the driver connects to the partner when the server does not let it log in: the "
						+ "node can then be the same server as the mirror, and a silent server costs the driver more "
						+ "time than failover needs.",
				"Remove 'failoverPartner', and make the partner a mirror of failover.");
	}

}
