package dev.failover.internal.detection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import dev.failover.Node;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Witnesses}, with an HTTP server in place of each cluster manager.
 */
@Timeout(60)
final class WitnessesTests {

	@AutoClose
	private final Manager first = new Manager();

	@AutoClose
	private final Manager second = new Manager();

	@AutoClose("shutdownNow")
	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger changes = new AtomicInteger();

	private Witnesses witnesses = witnesses(Map.of(PRIMARY, this.first.url(), MIRROR, this.second.url()));

	@Test
	void aServerThatAcceptsWritesWhileAnotherLeadsIsUnusable() throws Exception {
		answer(200, 503);
		assertThat(role(PRIMARY)).isEqualTo(Role.WRITABLE);
		answer(503, 200);
		assertThat(role(PRIMARY)).isEqualTo(Role.UNUSABLE);
		assertThat(role(MIRROR)).isEqualTo(Role.WRITABLE);
	}

	@Test
	void aServerWhoseManagerIsDeadIsUnusableOnceAnotherLeads() throws Exception {
		this.first.close();
		answer(0, 503);
		assertThat(role(PRIMARY)).isEqualTo(Role.WRITABLE);
		answer(0, 200);
		assertThat(role(PRIMARY)).isEqualTo(Role.UNUSABLE);
	}

	@Test
	void whatOneLeaderHasShownOutlastsTheSilenceOfItsManager() throws Exception {
		answer(503, 200);
		assertThat(role(PRIMARY)).isEqualTo(Role.UNUSABLE);
		this.second.close();
		answer(503, 0);
		assertThat(role(PRIMARY)).isEqualTo(Role.UNUSABLE);
		answer(200, 0);
		assertThat(role(PRIMARY)).isEqualTo(Role.WRITABLE);
	}

	@Test
	void aServerMayBeUsedAgainOnceNobodyElseLeads() throws Exception {
		answer(503, 200);
		assertThat(role(PRIMARY)).isEqualTo(Role.UNUSABLE);
		answer(503, 503);
		assertThat(role(PRIMARY)).isEqualTo(Role.WRITABLE);
	}

	@Test
	void aServerThatWasDemotedMayBePromotedUnderItsName() throws Exception {
		answer(503, 200);
		assertThat(role(PRIMARY)).isEqualTo(Role.UNUSABLE);
		assertThat(read(PRIMARY, Role.READ_ONLY, "a")).isEqualTo(Role.READ_ONLY);
		this.second.close();
		answer(503, 0);
		assertThat(role(PRIMARY)).isEqualTo(Role.WRITABLE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 301, 401, 404, 500, 502 })
	void anyOtherStatusProvesNothing(int status) throws Exception {
		answer(status, status);
		assertThat(role(PRIMARY)).isEqualTo(Role.WRITABLE);
		assertThat(role(MIRROR)).isEqualTo(Role.WRITABLE);
	}

	@Test
	void twoThatLeadDeposeNobody() throws Exception {
		answer(200, 200);
		assertThat(role(PRIMARY)).isEqualTo(Role.WRITABLE);
		assertThat(role(MIRROR)).isEqualTo(Role.WRITABLE);
	}

	@Test
	void aSecondNameOfTheLeaderIsNotDeposed() throws Exception {
		this.witnesses = witnesses(Map.of(MIRROR, this.second.url()));
		this.second.answer(200);
		this.witnesses.run();
		assertThat(read(MIRROR, Role.WRITABLE, "a")).isEqualTo(Role.WRITABLE);
		assertThat(read(PRIMARY, Role.WRITABLE, "a")).isEqualTo(Role.WRITABLE);
		assertThat(read(PRIMARY, Role.WRITABLE, "b")).isEqualTo(Role.UNUSABLE);
	}

	@Test
	void rolesButWritableAreLeftAlone() throws Exception {
		answer(503, 200);
		for (Role role : new Role[] { Role.READ_ONLY, Role.UNKNOWN, Role.UNUSABLE }) {
			assertThat(read(PRIMARY, role, "a")).isEqualTo(role);
		}
	}

	/** The deadline of the question bounds the turn, which the time limit shows. */
	@Test
	void aManagerThatAcceptsAndSaysNothingProvesNothing() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/primary");
			this.witnesses = witnesses(Map.of(PRIMARY, url, MIRROR, this.second.url()), Duration.ofMillis(300));
			this.second.answer(503);
			this.witnesses.run();
			assertThat(role(PRIMARY)).isEqualTo(Role.WRITABLE);
			this.second.answer(200);
			await().until(() -> {
				this.witnesses.run();
				return role(PRIMARY) == Role.UNUSABLE;
			});
		}
	}

	@Test
	void aTurnIsLimitedByTheDeadlineOfEachManager() {
		assertThat(this.witnesses.exist()).isTrue();
		assertThat(this.witnesses.longestTurn()).isBetween(Duration.ofSeconds(60), Duration.ofMinutes(3));
		Witnesses none = witnesses(Map.of());
		assertThat(none.exist()).isFalse();
		assertThat(none.longestTurn()).isLessThan(Duration.ofSeconds(60));
	}

	@Test
	void onlyAnotherAnswerWakesTheProbers() throws Exception {
		answer(200, 503);
		answer(200, 503);
		assertThat(this.changes).hasValue(2);
		answer(503, 200);
		assertThat(this.changes).hasValue(4);
	}

	private void answer(int first, int second) throws InterruptedException {
		this.first.answer(first);
		this.second.answer(second);
		this.witnesses.run();
	}

	private Role role(Node node) {
		return read(node, Role.WRITABLE, node.name());
	}

	private Role read(Node node, Role role, String instance) {
		return this.witnesses.testify(node, new Reading(role, instance, null)).role();
	}

	private Witnesses witnesses(Map<Node, URI> urls) {
		return witnesses(urls, Duration.ofSeconds(30));
	}

	private Witnesses witnesses(Map<Node, URI> urls, Duration timeout) {
		return new Witnesses(urls,
				new DetectionSettings(Duration.ofMillis(1), timeout, 2, Duration.ofMillis(20), 5, null), this.threads,
				this.changes::incrementAndGet);
	}

	/**
	 * Cluster manager that answers with a status.
	 */
	private static final class Manager implements AutoCloseable {

		private final HttpServer server;

		private volatile int status;

		Manager() {
			try {
				this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			this.server.createContext("/primary", (exchange) -> {
				exchange.sendResponseHeaders(this.status, -1);
				exchange.close();
			});
			this.server.start();
		}

		URI url() {
			return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/primary");
		}

		void answer(int status) {
			this.status = status;
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

}
