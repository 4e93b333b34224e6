package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Reading;
import dev.failover.stub.StubDialect;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link NodeReader}.
 */
final class NodeReaderTests {

	private final AtomicInteger asked = new AtomicInteger();

	@Test
	void eachConnectionIsReadWithTheDialectOfItsServer() throws SQLException {
		Dialect suggested = suggested();
		NodeReader reader = NodeReader.of(suggested, null);
		try (Connection one = DriverManager.getConnection("jdbc:h2:mem:one");
				Connection other = DriverManager.getConnection("jdbc:h2:mem:other")) {
			for (int i = 0; i < 3; i++) {
				assertThat(reader.read(one)).isEqualTo(new Reading(Role.WRITABLE, null, null));
				assertThat(reader.readReplication(one).receiving()).isNull();
				assertThat(reader.read(other).role()).isEqualTo(Role.WRITABLE);
			}
		}
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void aDialectAppliesToAllServersOfItsUrlsByDefault() throws SQLException {
		Dialect dialect = new StubDialect();
		assertThat(dialect.forServer(mock(Connection.class))).isSameAs(dialect);
	}

	/**
	 * Returns a dialect that the URL suggests, whose servers are all of another product.
	 */
	private Dialect suggested() throws SQLException {
		Dialect suggested = mock();
		given(suggested.forServer(any())).willAnswer((call) -> {
			this.asked.incrementAndGet();
			Connection connection = call.getArgument(0);
			return connection.getMetaData().getDatabaseProductName().equals("H2") ? Dialect.generic("jdbc:h2:", null)
					: suggested;
		});
		return suggested;
	}

}
