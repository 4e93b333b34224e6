package dev.failover.internal.routing;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

import dev.failover.test.stub.StubServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenConnections}.
 */
final class OpenConnectionsTests {

	@Test
	void abortsConnectionsOnWorkerThreads() throws Exception {
		try (StubServer server = new StubServer()) {
			OpenConnections open = new OpenConnections();
			List<Connection> connections = List.of(server.connect(), server.connect());
			connections.forEach(open::add);
			List<Runnable> work = new ArrayList<>();
			open.abortAll(work::add);
			assertThat(server.aborts()).isZero();
			assertThat(work).hasSize(2);
			work.forEach(Runnable::run);
			assertThat(server.aborts()).isEqualTo(2);
			assertThat(open.count()).isZero();
		}
	}

}
