package dev.failover.internal.socket.mariadb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import dev.failover.dialect.mysql.MariaDbSettings;
import dev.failover.internal.socket.MySqlProtocolSocketsTests;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Tests for {@link MariaDbSocketFactory}.
 */
final class MariaDbSocketFactoryTests extends MySqlProtocolSocketsTests {

	MariaDbSocketFactoryTests() {
		super(MariaDbSettings.create(), "org.mariadb.jdbc.Driver", "jdbc:mariadb", OwnFactory.class);
	}

	/**
	 * Factory of a user. The driver creates it.
	 */
	public static final class OwnFactory extends ConfigurableSocketFactory {

		@Override
		public void setConfiguration(Configuration configuration, String host) {
			argument.set(configuration.nonMappedOptions().getProperty("argument"));
		}

		@Override
		public Socket createSocket() {
			return new Socket();
		}

		@Override
		public Socket createSocket(String host, int port) throws IOException {
			return new Socket(host, port);
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
			return new Socket(host, port);
		}

		@Override
		public Socket createSocket(InetAddress host, int port) throws IOException {
			return new Socket(host, port);
		}

		@Override
		public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
				throws IOException {
			return new Socket(host, port);
		}

	}

}
