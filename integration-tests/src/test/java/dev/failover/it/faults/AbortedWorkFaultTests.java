package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of work in flight on a frozen server: its threads are free as soon as the route
 * leaves the server, and nothing of it is stored when the server runs again.
 */
class AbortedWorkFaultTests {

	private static final Logger logger = LoggerFactory.getLogger(AbortedWorkFaultTests.class);

	/** More than the buffers of both systems hold. */
	private static final int LARGE = 24 << 20;

	/**
	 * Below the time that the driver would take: more than 8 s for a cancel request,
	 * minutes for a write.
	 */
	private static final Duration AT_ONCE = Duration.ofSeconds(5);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch frozen = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest(name = "TLS: {0}")
	@ValueSource(booleans = { false, true })
	void threadsAreFreeAtOnceAndNothingIsStored(boolean tls) throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = start(pair, tls)) {
			application.jdbc().execute("create table document (id bigint primary key, content bytea)");
			application.awaitReady();
			List<Work> work = begin(application.dataSource());
			pair.primary().freeze();
			this.frozen.countDown();
			List<Instant> free = new ArrayList<>();
			for (Work thread : work) {
				free.add(thread.end().get(90, TimeUnit.SECONDS));
			}
			application.awaitMode(Mode.READ_ONLY);
			Instant verdict = application.state().changes().get(1).at();
			List<Duration> held = free.stream().map((end) -> Duration.between(verdict, end)).toList();
			logger.info("TLS {}: free after the verdict: {}", tls, held);
			assertThat(held).allMatch((time) -> time.compareTo(AT_ONCE) < 0);
			application.await("all logins to be given up", () -> loggingIn() == 0);
			assertThat(Duration.between(verdict, Instant.now())).isLessThan(AT_ONCE);
			pair.primary().thaw();
			String sessions = "select count(*) from pg_stat_activity where pid in (" + pids(work) + ")";
			application.await("the end of the old sessions",
					() -> ServerSql.query(pair.primary(), sessions, Long.class) == 0);
			assertThat(ServerSql.query(pair.primary(), "select count(*) from document", Long.class)).isZero();
		}
	}

	private static Application start(EmbeddedPair pair, boolean tls) throws Exception {
		String parameters = "";
		if (tls) {
			Certificates certificates = Certificates.create();
			certificates.install(pair.primary(), "valid");
			certificates.install(pair.mirror(), "valid");
			parameters = certificates.urlParameters();
		}
		return Application.startOn(pair, pair.primary().jdbcUrl() + parameters, pair.mirror().jdbcUrl() + parameters,
				"spring.datasource.hikari.maximum-pool-size=6", "spring.datasource.hikari.minimum-idle=0");
	}

	/**
	 * Borrows connections for a write that no buffer holds, a commit, a read, and a query
	 * whose time-out is over before the verdict; and a thread that will log in.
	 */
	private List<Work> begin(DataSource dataSource) throws SQLException {
		List<Work> work = new ArrayList<>();
		work.add(begin(dataSource.getConnection(), (connection) -> insert(connection, 1, LARGE)));
		work.add(begin(dataSource.getConnection(), (connection) -> insert(connection, 2, LARGE)));
		Connection open = dataSource.getConnection();
		open.setAutoCommit(false);
		work.add(begin(open, (connection) -> {
			insert(connection, 3, LARGE);
			connection.commit();
		}));
		work.add(begin(dataSource.getConnection(), (connection) -> query(connection, 0)));
		work.add(begin(dataSource.getConnection(), (connection) -> query(connection, 1)));
		this.threads.execute(() -> logIn(dataSource));
		return work;
	}

	private Work begin(Connection connection, Use use) throws SQLException {
		long pid = pid(connection);
		return new Work(pid, CompletableFuture.supplyAsync(() -> {
			try (connection) {
				this.frozen.await();
				use.run(connection);
				throw new IllegalStateException("A frozen server has answered");
			}
			catch (SQLException ex) {
				return Instant.now();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}, this.threads));
	}

	private void logIn(DataSource dataSource) {
		try {
			this.frozen.await();
			dataSource.getConnection().close();
		}
		catch (SQLException | InterruptedException ex) {
			logger.debug("No connection", ex);
		}
	}

	private static void insert(Connection connection, long id, int size) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("insert into document values (?, ?)")) {
			statement.setLong(1, id);
			statement.setBytes(2, new byte[size]);
			statement.executeUpdate();
		}
	}

	private static void query(Connection connection, int timeout) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setQueryTimeout(timeout);
			statement.execute("select 1");
		}
	}

	private static long pid(Connection connection) throws SQLException {
		return connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
	}

	private static String pids(Collection<Work> work) {
		return String.join(",", work.stream().map((thread) -> Long.toString(thread.pid())).toList());
	}

	/**
	 * Returns the number of threads on which the driver logs in for a pool.
	 */
	private static long loggingIn() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("PostgreSQL JDBC driver connection thread"))
			.count();
	}

	/**
	 * Use of one connection.
	 */
	@FunctionalInterface
	private interface Use {

		void run(Connection connection) throws SQLException;

	}

	/**
	 * Work in flight.
	 *
	 * @param pid process that serves it
	 * @param end when its thread was free
	 */
	private record Work(long pid, CompletableFuture<Instant> end) {

	}

}
