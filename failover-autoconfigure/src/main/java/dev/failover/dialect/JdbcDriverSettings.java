package dev.failover.dialect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * Strategy interface for one JDBC driver: its URLs, its time-outs and its properties.
 * <p>
 * Implementations must be thread-safe.
 */
public interface JdbcDriverSettings {

	/**
	 * Settings of an unknown driver.
	 */
	JdbcDriverSettings UNKNOWN = new UnknownDriverSettings();

	/**
	 * Returns host, port and database of a JDBC URL, with the driver's defaults filled
	 * in, such as {@code db1:3306/orders}. Two URLs with the same address and the same
	 * {@linkplain #serverSelection server selection} lead to the same database. The
	 * address never contains a credential.
	 */
	String address(String jdbcUrl);

	/**
	 * Returns what a user has set, in the URL or in the data source properties, to select
	 * a server behind the address, such as the role that a server must have. Settings
	 * that equal the driver's defaults are left out. Only compared, never shown. Empty by
	 * default.
	 */
	default Map<String, String> serverSelection(String jdbcUrl, Properties dataSourceProperties) {
		return Map.of();
	}

	/**
	 * Returns the servers that a JDBC URL names, not resolved; empty if unknown.
	 */
	List<InetSocketAddress> servers(String jdbcUrl);

	/**
	 * Returns the time-outs that a user has set for the driver, in the URL or in the data
	 * source properties.
	 */
	Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties);

	/**
	 * Returns the driver properties for the connection of a probe: time-outs slightly
	 * longer than the deadline, so that an abandoned login ends by itself, and nothing
	 * that a connection pooler between driver and server would refuse.
	 */
	Properties probeProperties(String jdbcUrl, Duration deadline);

	/**
	 * Returns the driver properties that bound connecting for pooled connections, where
	 * the URL sets no time-out of its own.
	 */
	Properties connectProperties(String jdbcUrl, Duration connectTimeout);

	/**
	 * Returns the settings with which the driver has its sockets created by a factory of
	 * the engine, which lets the user's own factory create them. The engine can then
	 * close the sockets of a lost node without the driver. Empty by default: the engine
	 * relies on {@link java.sql.Connection#abort}.
	 * @param properties properties to connect with, which the user's own are part of
	 */
	default Optional<SocketFactorySettings> socketFactory(String jdbcUrl, Properties properties) {
		return Optional.empty();
	}

	/**
	 * Returns what a URL and its properties do together with failover, other than to name
	 * one server: the driver selects among several servers by itself, for example. Empty
	 * by default.
	 */
	default List<Remark> remarks(String jdbcUrl, Properties dataSourceProperties) {
		return List.of();
	}

	/**
	 * Effect of a URL on failover. Contains neither the URL nor a credential.
	 *
	 * @param id identifier of the kind of remark, such as {@code several-servers}
	 * @param kind what follows from it
	 * @param problem what the driver does, and the consequence, in sentences
	 * @param remedy the change that avoids it
	 */
	record Remark(String id, Kind kind, String problem, String remedy) {

		/**
		 * Consequence of a remark.
		 */
		public enum Kind {

			/** The application does not start with such a URL. */
			REFUSED,

			/** An outage would last longer, or lose more, than necessary. */
			WARNING,

			/** Failover works as documented. */
			INFO

		}

	}

	/**
	 * Time-outs that a user has set for a driver. Each is null if it is not set, and zero
	 * if it is switched off.
	 *
	 * @param connect bounds the TCP connect
	 * @param login bounds connect and login together
	 * @param socket bounds the wait for any answer of the server
	 * @param cancel bounds the connection that cancels a statement
	 */
	record Timeouts(@Nullable Duration connect, @Nullable Duration login, @Nullable Duration socket,
			@Nullable Duration cancel) {

		/**
		 * No time-out is set.
		 */
		public static final Timeouts UNSET = new Timeouts(null, null, null, null);

	}

	/**
	 * URL and properties with which a driver has its sockets created by a factory of the
	 * engine.
	 *
	 * @param factory name of the class of the factory
	 * @param jdbcUrl URL to connect with, which does not name another factory
	 * @param properties properties to connect with, which name the factory in the way of
	 * the driver, and the user's own factory in the property {@value #DELEGATE}
	 * @param keyProperty name of the property with which the factory finds the sockets of
	 * a connection; what it contains already follows their key
	 */
	record SocketFactorySettings(String factory, String jdbcUrl, Properties properties, String keyProperty) {

		/**
		 * Name of the property that contains the key of the sockets of a connection, for
		 * drivers that hand all their properties to the factory.
		 */
		public static final String KEY = "failover.sockets";

		/**
		 * Name of the property that contains the class of the user's own factory.
		 */
		public static final String DELEGATE = "failover.socketFactory";

		public SocketFactorySettings {
			properties = (Properties) properties.clone();
		}

		/**
		 * Creates settings for a driver that hands all its properties to the factory.
		 */
		public SocketFactorySettings(String factory, String jdbcUrl, Properties properties) {
			this(factory, jdbcUrl, properties, KEY);
		}

	}

}
