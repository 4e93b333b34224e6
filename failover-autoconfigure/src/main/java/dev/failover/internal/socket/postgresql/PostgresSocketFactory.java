package dev.failover.internal.socket.postgresql;

import java.util.Properties;

import javax.net.SocketFactory;

import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.OwnedSocketFactory;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.util.PSQLException;

/**
 * Socket factory for pgjdbc. The driver creates one for each connection and keeps it for
 * the cancel requests of that connection.
 */
public final class PostgresSocketFactory extends OwnedSocketFactory {

	/**
	 * Creates the factory of one connection. Called by the driver.
	 * @param info all properties of the connection, those of its URL included
	 * @throws PSQLException if the user's own factory cannot be created
	 */
	public PostgresSocketFactory(Properties info) throws PSQLException {
		super(delegate(info), ConnectionSockets.find(info.getProperty(ConnectionSockets.KEY)));
	}

	/**
	 * Returns the user's own factory, created by the driver as if it had been named to
	 * it, or else the default one.
	 */
	private static SocketFactory delegate(Properties info) throws PSQLException {
		String own = info.getProperty(SocketFactorySettings.DELEGATE);
		Properties properties = (Properties) info.clone();
		properties.remove("socketFactory");
		if (own != null) {
			properties.setProperty("socketFactory", own);
		}
		return SocketFactoryFactory.getSocketFactory(properties);
	}

}
