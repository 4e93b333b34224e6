package dev.failover.internal.socket.mysql;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

import com.mysql.cj.Session;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.conf.RuntimeProperty;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.SocketFactory;
import com.mysql.cj.protocol.SocksProxySocketFactory;
import com.mysql.cj.protocol.StandardSocketFactory;
import com.mysql.cj.protocol.a.NativeSocketConnection;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.internal.socket.ConnectionSockets;
import org.jspecify.annotations.Nullable;

/**
 * Socket factory for MySQL Connector/J. The driver creates one for each socket, also for
 * that of a session that kills the query of another one. A socket that the user's own
 * factory creates is known as soon as it is connected.
 */
public final class MySqlSocketFactory implements SocketFactory {

	private SocketFactory delegate = new StandardSocketFactory();

	@Override
	public <T extends Closeable> T connect(String host, int port, PropertySet properties, int loginTimeout)
			throws IOException {
		ConnectionSockets sockets = ConnectionSockets.find(value(properties, ConnectionSockets.KEY));
		String own = value(properties, SocketFactorySettings.DELEGATE);
		if (own == null) {
			this.delegate = (value(properties, PropertyKey.socksProxyHost.getKeyName()) != null) ? new Proxied(sockets)
					: new Direct(sockets);
			return this.delegate.connect(host, port, properties, loginTimeout);
		}
		this.delegate = new Factories().createSocketFactory(own);
		T connected = this.delegate.connect(host, port, properties, loginTimeout);
		if (connected instanceof Socket socket) {
			sockets.add(socket);
		}
		return connected;
	}

	private static @Nullable String value(PropertySet properties, String name) {
		RuntimeProperty<String> property = properties.getStringProperty(name);
		return (property != null) ? property.getValue() : null;
	}

	@Override
	public void beforeHandshake() throws IOException {
		this.delegate.beforeHandshake();
	}

	@Override
	public <T extends Closeable> T performTlsHandshake(SocketConnection connection, ServerSession session)
			throws IOException {
		return this.delegate.performTlsHandshake(connection, session);
	}

	@Override
	public <T extends Closeable> T performTlsHandshake(SocketConnection connection, ServerSession session, Log log)
			throws IOException {
		return this.delegate.performTlsHandshake(connection, session, log);
	}

	@Override
	public void afterHandshake() throws IOException {
		this.delegate.afterHandshake();
	}

	@Override
	public boolean isLocallyConnected(Session session) {
		return this.delegate.isLocallyConnected(session);
	}

	@Override
	public boolean isLocallyConnected(Session session, String processHost) {
		return this.delegate.isLocallyConnected(session, processHost);
	}

	/**
	 * The driver's default factory. It configures a socket before it connects it.
	 */
	private static final class Direct extends StandardSocketFactory {

		private final ConnectionSockets sockets;

		Direct(ConnectionSockets sockets) {
			this.sockets = sockets;
		}

		@Override
		protected void configureSocket(Socket socket, PropertySet properties) throws IOException {
			super.configureSocket(this.sockets.add(socket), properties);
		}

	}

	/**
	 * The driver's factory for a proxy, which it selects if none is set.
	 */
	private static final class Proxied extends SocksProxySocketFactory {

		private final ConnectionSockets sockets;

		Proxied(ConnectionSockets sockets) {
			this.sockets = sockets;
		}

		@Override
		protected void configureSocket(Socket socket, PropertySet properties) throws IOException {
			super.configureSocket(this.sockets.add(socket), properties);
		}

	}

	/**
	 * Creates factories by their names as the driver does, also those of its old
	 * interface.
	 */
	private static final class Factories extends NativeSocketConnection {

		@Override
		protected SocketFactory createSocketFactory(String name) {
			return super.createSocketFactory(name);
		}

	}

}
