package dev.failover.internal.socket.sqlserver;

import java.lang.reflect.Constructor;

import javax.net.SocketFactory;

import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.OwnedSocketFactory;

/**
 * Socket factory for mssql-jdbc. The driver creates one for each attempt to connect, with
 * one text: the key of the sockets, then, if the user has a factory, the name of its
 * class and its own argument, separated by blanks.
 */
public final class SqlServerSocketFactory extends OwnedSocketFactory {

	/**
	 * Creates a factory. Called by the driver.
	 * @param argument value of the property {@code socketFactoryConstructorArg}
	 * @throws ReflectiveOperationException if the user's own factory cannot be created
	 */
	public SqlServerSocketFactory(String argument) throws ReflectiveOperationException {
		this(argument.split(" ", 3));
	}

	private SqlServerSocketFactory(String[] words) throws ReflectiveOperationException {
		super((words.length > 1) ? create(words) : SocketFactory.getDefault(), ConnectionSockets.find(words[0]));
	}

	/**
	 * Creates the user's own factory as the driver does ({@code Util.newInstance}).
	 */
	private static SocketFactory create(String[] words) throws ReflectiveOperationException {
		Class<? extends SocketFactory> type = Class.forName(words[1]).asSubclass(SocketFactory.class);
		if (words.length == 2) {
			return type.getDeclaredConstructor().newInstance();
		}
		Constructor<? extends SocketFactory> constructor = type.getDeclaredConstructor(String.class);
		return constructor.newInstance(words[2]);
	}

}
