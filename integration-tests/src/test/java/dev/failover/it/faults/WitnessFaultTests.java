package dev.failover.it.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.sun.net.httpserver.HttpServer;
import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Role;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.DeposedLeader;
import dev.failover.it.PacedWriters;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of cluster managers that say who leads, as the health checks of Patroni do.
 */
class WitnessFaultTests {

	/**
	 * The agent of the leader dies, its server lives on, and the other agent promotes the
	 * mirror. Nobody else testifies.
	 */
	@Test
	void aLeaderWhoseAgentIsDeadIsLeftOnceAnotherAgentLeads() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Agent first = new Agent(200);
				Agent second = new Agent(503);
				Application application = start(pair, first, second)) {
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				writers.awaitSuccesses(application);
				first.kill();
				pair.mirror().promoteAlone();
				application.awaitCondition(Kind.SPLIT_BRAIN);
				writers.awaitSuccesses(application);
				assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
				long shown = System.nanoTime();
				second.answer(200);
				application.awaitMode(Mode.FAILED_OVER);
				long moved = System.nanoTime();
				DeposedLeader.checkDetection(application, moved - shown);
				assertThat(application.node("primary").role()).isEqualTo(Role.UNUSABLE);
				writers.awaitSuccesses(application);
				writers.stop();
				assertThat(DeposedLeader.lostSince(writers, moved, pair.mirror())).isEmpty();
			}
			pair.primary().rejoin();
			application.awaitReady();
			assertThat(application.conditions()).isEmpty();
		}
	}

	@Test
	void agentsThatAreAllDeadChangeNothing() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Agent first = new Agent(200);
				Agent second = new Agent(503);
				Application application = start(pair, first, second)) {
			first.kill();
			second.kill();
			application.jdbc().update("insert into paced_entry values (1)");
			pair.primary().kill();
			pair.mirror().promote();
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().update("insert into paced_entry values (2)");
			assertThat(PacedWriters.stored(pair.mirror())).contains(2L);
		}
	}

	private static Application start(EmbeddedPair pair, Agent first, Agent second) {
		Application application = Application.start(pair, "failover.primary.witness-url=" + first.url(),
				"failover.mirror.witness-url=" + second.url());
		PacedWriters.createTable(application.jdbc());
		application.awaitReady();
		return application;
	}

	/**
	 * Agent of a cluster manager.
	 */
	private static final class Agent implements AutoCloseable {

		private final HttpServer server;

		private volatile int status;

		Agent(int status) throws IOException {
			this.status = status;
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
			this.server.createContext("/primary", (exchange) -> {
				exchange.sendResponseHeaders(this.status, -1);
				exchange.close();
			});
			this.server.start();
		}

		String url() {
			return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/primary";
		}

		void answer(int status) {
			this.status = status;
		}

		void kill() {
			this.server.stop(0);
		}

		@Override
		public void close() {
			kill();
		}

	}

}
