package dev.failover.internal.socket.mysql;

import java.net.Socket;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import dev.failover.dialect.mysql.MySqlSettings;
import dev.failover.internal.socket.MySqlProtocolSocketsTests;

/**
 * Tests for {@link MySqlSocketFactory}.
 */
final class MySqlSocketFactoryTests extends MySqlProtocolSocketsTests {

	MySqlSocketFactoryTests() {
		super(MySqlSettings.create(), "com.mysql.cj.jdbc.Driver", "jdbc:mysql", OwnFactory.class);
	}

	/**
	 * Factory of a user. The driver creates it.
	 */
	public static final class OwnFactory extends StandardSocketFactory {

		@Override
		protected Socket createSocket(PropertySet properties) {
			argument.set(properties.getStringProperty("argument").getValue());
			return super.createSocket(properties);
		}

	}

}
