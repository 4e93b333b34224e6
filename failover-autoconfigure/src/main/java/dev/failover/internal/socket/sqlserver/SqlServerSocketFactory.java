package dev.failover.internal.socket.sqlserver;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;

import javax.net.SocketFactory;

import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.OwnedSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Socket factory for mssql-jdbc. The driver creates one for each attempt to connect, with
 * one text: the key of the sockets, then, if the user has a factory, the name of its
 * class and its own argument, separated by blanks. It asks for sockets that are not
 * connected.
 */
public final class SqlServerSocketFactory extends OwnedSocketFactory {

	private final ConnectionSockets sockets;

	private final @Nullable String own;

	private final @Nullable String argument;

	private @Nullable SocketFactory delegate;

	/**
	 * Creates a factory. Called by the driver.
	 * @param text value of the property {@code socketFactoryConstructorArg}
	 */
	public SqlServerSocketFactory(String text) {
		this(text.split(" ", 3));
	}

	private SqlServerSocketFactory(String[] words) {
		this(ConnectionSockets.find(words[0]), (words.length > 1) ? words[1] : null,
				(words.length > 2) ? words[2] : null);
	}

	private SqlServerSocketFactory(ConnectionSockets sockets, @Nullable String own, @Nullable String argument) {
		super(SocketFactory.getDefault(), sockets);
		this.sockets = sockets;
		this.own = own;
		this.argument = argument;
	}

	/**
	 * {@inheritDoc}
	 * @throws IOException if the user's own factory cannot be created, too: the driver
	 * tells of errors in this method, but not of those in a constructor
	 */
	@Override
	public synchronized Socket createSocket() throws IOException {
		if (this.own == null) {
			return super.createSocket();
		}
		if (this.delegate == null) {
			this.delegate = create(this.own, this.argument);
		}
		return this.sockets.add(this.delegate.createSocket());
	}

	/**
	 * Creates the user's own factory as the driver does ({@code Util.newInstance}).
	 */
	private static SocketFactory create(String name, @Nullable String argument) throws IOException {
		try {
			Class<? extends SocketFactory> type = Class.forName(name).asSubclass(SocketFactory.class);
			return (argument != null) ? type.getDeclaredConstructor(String.class).newInstance(argument)
					: type.getDeclaredConstructor().newInstance();
		}
		catch (InvocationTargetException ex) {
			throw new IOException("The socket factory " + name + " has failed: " + ex.getCause(), ex);
		}
		catch (ReflectiveOperationException | ClassCastException ex) {
			throw new IOException("The socket factory " + name + " cannot be created: " + ex, ex);
		}
	}

}
