package dev.failover.internal.routing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.mysql.MariaDbSettings;
import dev.failover.dialect.mysql.MySqlSettings;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.stub.ServerCertificate;
import dev.failover.stub.StubDialect;
import dev.failover.stub.StubMySqlServer;
import dev.failover.stub.StubMySqlServer.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of MySQL Connector/J and MariaDB Connector/J on a server that freezes: when the
 * node is quarantined and its connections are aborted, every thread is free at once,
 * those of the engine included, and the server executes nothing when it runs again.
 */
@Timeout(120)
final class FrozenServerTests {

	private static final Logger logger = LoggerFactory.getLogger(FrozenServerTests.class);

	/** More than the buffers of both ends hold. */
	private static final int LARGE = 8 << 20;

	/**
	 * Far below the time that the drivers would take: 20 s for a login here, for ever for
	 * a read or a write.
	 */
	private static final Duration AT_ONCE = Duration.ofSeconds(3);

	@TempDir
	private static Path directory;

	private static SSLContext certificate;

	private final ThreadPoolExecutor workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS,
			new SynchronousQueue<>());

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private @Nullable StubMySqlServer server;

	private @Nullable NodePool pool;

	@BeforeAll
	static void createCertificate() throws Exception {
		certificate = ServerCertificate.create(directory);
	}

	@AfterEach
	void close() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
		if (this.pool != null) {
			this.pool.close();
		}
		this.callers.shutdownNow();
		this.workers.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource
	void threadsThatReadAreFree(Client client) throws Exception {
		start(client);
		List<Connection> connections = borrow(3);
		server().freezeAt(Stage.STATEMENT);
		List<CompletableFuture<?>> calls = new ArrayList<>();
		connections.forEach((connection) -> calls.add(call(() -> query(connection))));
		await().until(server()::isFrozenAtStage);
		assertThatAllAreFree(client, "read", calls);
	}

	@ParameterizedTest
	@EnumSource
	void threadsThatWriteAreFreeAndTheStatementIsNotExecuted(Client client) throws Exception {
		start(client);
		List<Connection> connections = borrow(2);
		int executed = server().statements().size();
		server().freeze();
		List<CompletableFuture<?>> calls = new ArrayList<>();
		connections.forEach((connection) -> calls.add(call(() -> insert(connection))));
		await().until(() -> blockedInWrite() == connections.size());
		assertThatAllAreFree(client, "write", calls);
		assertThat(server().statements()).hasSize(executed);
	}

	@ParameterizedTest
	@EnumSource
	void threadsThatCancelAreFree(Client client) throws Exception {
		start(client);
		Connection connection = borrow(1).get(0);
		try (Statement statement = connection.createStatement()) {
			server().freezeAt(Stage.STATEMENT);
			List<CompletableFuture<?>> calls = new ArrayList<>();
			calls.add(call(() -> statement.executeQuery("select 1")));
			await().until(server()::isFrozenAtStage);
			calls.add(call(() -> {
				statement.cancel();
				throw new SQLException("A cancel request may end without an error");
			}));
			await().until(() -> server().sessions() == 2);
			assertThatAllAreFree(client, "cancel", calls);
		}
	}

	@ParameterizedTest
	@EnumSource
	void threadsThatWaitForTheGreetingAreFree(Client client) throws Exception {
		start(client);
		server().freeze();
		CompletableFuture<?> call = call(() -> query(pool().getConnection()));
		await().until(() -> server().sessions() == 1);
		assertThatAllAreFree(client, "greeting", List.of(call));
	}

	@ParameterizedTest
	@EnumSource(names = { "MYSQL_TLS", "MARIADB_TLS" })
	void threadsInTheHandshakeOfTlsAreFree(Client client) throws Exception {
		assertThatALoginIsFree(client, Stage.TLS);
	}

	@ParameterizedTest
	@EnumSource
	void threadsThatLogInAreFree(Client client) throws Exception {
		assertThatALoginIsFree(client, Stage.LOGIN);
	}

	private void assertThatALoginIsFree(Client client, Stage stage) throws Exception {
		start(client);
		server().freezeAt(stage);
		CompletableFuture<?> call = call(() -> query(pool().getConnection()));
		await().until(server()::isFrozenAtStage);
		assertThatAllAreFree(client, stage.toString(), List.of(call));
	}

	private void assertThatAllAreFree(Client client, String situation, List<CompletableFuture<?>> calls)
			throws Exception {
		Instant verdict = Instant.now();
		pool().quarantine();
		pool().abort();
		await().pollInterval(Duration.ofMillis(2))
			.atMost(AT_ONCE)
			.until(() -> calls.stream().allMatch(CompletableFuture::isDone) && this.workers.getActiveCount() == 0);
		logger.info("{} in {}: all threads free after {}", client, situation, Duration.between(verdict, Instant.now()));
		assertThat(calls).allSatisfy((call) -> assertThat(call).isCompletedExceptionally());
		int logins = server().logins();
		server().thaw();
		await().until(() -> server().sessions() == 0);
		assertThat(server().logins()).isBetween(logins, logins + 1);
	}

	private void start(Client client) throws Exception {
		this.server = new StubMySqlServer(client.tls ? certificate : null);
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(client.url + this.server.port() + "/orders?user=app&" + client.parameters);
		config.setDriverClassName(client.driver);
		config.setMinimumIdle(0);
		config.setMaximumPoolSize(4);
		config.setConnectionTimeout(20_000);
		StubDialect dialect = new StubDialect(client.settings);
		PoolDefinition definition = new PoolDefinition(new Node("primary"), config, dialect, true);
		this.pool = new NodePoolFactory(new ErrorClassification(List.of(dialect)),
				new CurrentRoute(Route.undecided(Instant.EPOCH)), new PoolExecutors(this.workers, this.workers),
				Duration.ofSeconds(30), definition)
			.create(definition, UnaryOperator.identity(), () -> {
			});
	}

	private StubMySqlServer server() {
		return Objects.requireNonNull(this.server);
	}

	private NodePool pool() {
		return Objects.requireNonNull(this.pool);
	}

	private List<Connection> borrow(int count) throws SQLException {
		List<Connection> connections = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			connections.add(pool().getConnection());
		}
		return connections;
	}

	private CompletableFuture<?> call(Callable<?> use) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return use.call();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, this.callers);
	}

	private static boolean query(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			return statement.execute("select 1");
		}
	}

	private static int insert(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("insert into document values (?)")) {
			statement.setBytes(1, new byte[LARGE]);
			return statement.executeUpdate();
		}
	}

	private static long blockedInWrite() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.filter((stack) -> stack.length > 0 && stack[0].isNativeMethod()
					&& Stream.of(stack).anyMatch((frame) -> frame.getMethodName().equals("implWrite")))
			.count();
	}

	/**
	 * Drivers, with TLS and without.
	 */
	private enum Client {

		MYSQL("jdbc:mysql://127.0.0.1:", "sslMode=DISABLED", "com.mysql.cj.jdbc.Driver", MySqlSettings.create()),

		MYSQL_TLS("jdbc:mysql://127.0.0.1:", "sslMode=REQUIRED", "com.mysql.cj.jdbc.Driver", MySqlSettings.create()),

		MARIADB("jdbc:mariadb://127.0.0.1:", "sslMode=disable", "org.mariadb.jdbc.Driver", MariaDbSettings.create()),

		MARIADB_TLS("jdbc:mariadb://127.0.0.1:", "sslMode=trust", "org.mariadb.jdbc.Driver", MariaDbSettings.create());

		private final String url;

		private final String parameters;

		private final String driver;

		private final JdbcDriverSettings settings;

		private final boolean tls;

		Client(String url, String parameters, String driver, JdbcDriverSettings settings) {
			this.url = url;
			this.parameters = parameters;
			this.driver = driver;
			this.settings = settings;
			this.tls = name().endsWith("_TLS");
		}

	}

}
