package dev.failover.internal.socket.mariadb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;

import javax.net.SocketFactory;

import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.OwnedSocketFactory;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/**
 * Socket factory for MariaDB Connector/J. The driver creates one for each socket, also
 * for that of a session that kills another one.
 */
public final class MariaDbSocketFactory extends ConfigurableSocketFactory {

	private SocketFactory factory = SocketFactory.getDefault();

	/**
	 * {@inheritDoc}
	 * @throws IllegalArgumentException if the user's own factory cannot be created
	 */
	@Override
	public void setConfiguration(Configuration configuration, String host) {
		Properties unknownToTheDriver = configuration.nonMappedOptions();
		String own = unknownToTheDriver.getProperty(SocketFactorySettings.DELEGATE);
		this.factory = new OwnedSocketFactory(
				(own != null) ? create(own, configuration, host) : SocketFactory.getDefault(),
				ConnectionSockets.find(unknownToTheDriver.getProperty(ConnectionSockets.KEY)));
	}

	/**
	 * Creates the user's own factory as {@code ConnectionHelper.standardSocket} of the
	 * driver does.
	 */
	private static SocketFactory create(String name, Configuration configuration, String host) {
		try {
			SocketFactory own = Class.forName(name, false, Driver.class.getClassLoader())
				.asSubclass(SocketFactory.class)
				.getConstructor()
				.newInstance();
			if (own instanceof ConfigurableSocketFactory configurable) {
				configurable.setConfiguration(configuration, host);
			}
			return own;
		}
		catch (ReflectiveOperationException | ClassCastException ex) {
			throw new IllegalArgumentException("The socket factory '" + name + "' cannot be created", ex);
		}
	}

	@Override
	public Socket createSocket() throws IOException {
		return this.factory.createSocket();
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return this.factory.createSocket(host, port);
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return this.factory.createSocket(host, port, localHost, localPort);
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return this.factory.createSocket(host, port);
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
		return this.factory.createSocket(host, port, localHost, localPort);
	}

}
