package com.example.entries;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.EmbeddedService;
import dev.failover.embedded.ServiceRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pairs that {@code docs/embedded.md} starts without Spring.
 */
@Tag("long")
final class PairTests {

	@Test
	void aFrozenPrimaryDoesNotAnswer() throws SQLException {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).setting("max_connections", "20").start();
				Connection connection = DriverManager.getConnection(pair.primary().jdbcUrl(), pair.username(),
						pair.password())) {
			pair.primary().freeze();
			assertThat(connection.isValid(1)).isFalse();
		}
	}

	@Test
	void aMirrorFollowsAnother() {
		try (EmbeddedPair pair = EmbeddedPair.builder().mirrors(2).start()) {
			pair.node("mirror2").follow(pair.node("mirror1")); // a mirror of a mirror
			pair.primary().kill();
			pair.node("mirror1").promote();
			pair.primary().rejoin();
		}
	}

	@Test
	void servicesFollowTheRoles() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			EmbeddedService writable = pair.service(ServiceRole.WRITABLE).start();
			EmbeddedService readOnly = pair.service(ServiceRole.READ_ONLY).shutdownSessions(true).start();
			// connect the application to writable.jdbcUrl() and readOnly.jdbcUrl()
			pair.mirror().promote(); // new connections to writable lead to the mirror now
		}
	}

}
