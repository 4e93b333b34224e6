package dev.failover.internal.detection;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.failover.ErrorClass;
import dev.failover.Verdict;
import dev.failover.internal.detection.KeptConnection.Problem;
import dev.failover.internal.detection.KeptConnection.Session;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KeptConnection}.
 */
final class KeptConnectionTests {

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Duration OLD = Duration.ofSeconds(31);

	private final StubServer server = new StubServer();

	private @Nullable RuntimeException failure;

	private @Nullable SQLException refusal;

	private @Nullable Runnable whileConnecting;

	private long now;

	private final KeptConnection kept = new KeptConnection((sockets) -> connect(),
			new ErrorClassification(List.of(new StubDialect())), INTERVAL,
			new ProbeClock(Clock.systemUTC(), () -> this.now));

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void anOldConnectionIsReplaced() throws SQLException {
		Session old = open();
		this.kept.renew(old);
		assertThat(this.server.connects()).isOne();
		this.now += OLD.toNanos();
		this.kept.renew(old);
		assertThat(this.server.connects()).isEqualTo(2);
		assertThat(this.kept.take(() -> false)).isNotSameAs(old);
	}

	@Test
	void anOlderSessionIsNotAskedOnceAYoungerOneHasAnswered() throws SQLException {
		Session old = open();
		this.now++;
		Session young = this.kept.open(new ConnectionSockets());
		assertThat(this.kept.lend(young)).isSameAs(old);
		assertThat(this.kept.take(() -> true)).isNull();
		this.kept.keep(young);
		assertThat(this.kept.lend(old)).isNull();
		assertThat(this.kept.take(() -> false)).isSameAs(young);
	}

	/**
	 * The name of the node can move while a login takes long.
	 */
	@Test
	void aSessionThatIsOpenLateDoesNotReplaceOneWhoseLoginBeganAfterItsOwn() throws SQLException {
		List<Session> later = new ArrayList<>();
		this.whileConnecting = () -> {
			this.now++;
			later.add(openUnchecked());
			this.now++;
		};
		Session late = this.kept.open(new ConnectionSockets());
		assertThat(this.kept.lend(late)).isNull();
		assertThat(this.kept.keep(late)).isFalse();
		assertThat(this.kept.take(() -> false)).isSameAs(later.get(0));
	}

	@Test
	void refusedRenewalsBecomeRare() throws SQLException {
		Session old = open();
		this.server.refuse("28P01");
		this.now += OLD.toNanos();
		probeFor(Duration.ofMinutes(2), old);
		assertThat(this.server.connects() - 1).isBetween(8, 10);
		assertThat(this.kept.loginProblem()).extracting(Problem::errorClass).isEqualTo(ErrorClass.UNAUTHORIZED);
		this.server.accept();
		probeFor(Duration.ofSeconds(31), old);
		assertThat(this.kept.loginProblem()).isNull();
	}

	@Test
	void noProbeWaitsForALoginWhileAConnectionIsKept() throws SQLException {
		Session old = open();
		this.server.refuse("28P01");
		this.now += OLD.toNanos();
		this.kept.renew(old);
		assertThat(this.kept.loginPause()).isNull();
		assertThat(this.kept.take(() -> false)).isSameAs(old);
		assertThat(this.kept.loginPause()).isEqualTo(INTERVAL);
	}

	@Test
	void aDriverThatFailsUnexpectedlyEndsTheRenewalOnly() throws SQLException {
		Session old = open();
		this.failure = new IllegalStateException("a fault of the driver");
		this.now += OLD.toNanos();
		this.kept.renew(old);
		assertThat(this.kept.take(() -> false)).isSameAs(old);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "08006, DOWN", "57P03, DOWN", "-, DOWN", "28P01, IMPAIRED",
			"53300, IMPAIRED", "25006, IMPAIRED", "42501, IMPAIRED" })
	void anErrorThatOnlyALivingServerSendsDoesNotMakeItDown(@Nullable String sqlState, Verdict verdict) {
		assertThat(this.kept.problem(new SQLException("an error", sqlState)).verdict()).isEqualTo(verdict);
	}

	@Test
	void aFaultOfTheDriverMakesTheNodeDownAndALackOfThisProcessDoesNot() {
		assertThat(this.kept.problem(new IllegalStateException("a fault")).verdict()).isEqualTo(Verdict.DOWN);
		assertThat(this.kept.problem(new OutOfMemoryError("no memory")).verdict()).isEqualTo(Verdict.IMPAIRED);
		assertThat(KeptConnection.isOwnFault(new OutOfMemoryError("no memory"))).isTrue();
		assertThat(KeptConnection.isOwnFault(new LinkageError("no class"))).isFalse();
	}

	@Test
	void onlyARefusedLoginOfAProbeIsReportedBesideItsAnswer() {
		this.kept.loginFailed(new SQLException("refused", "08001"));
		assertThat(this.kept.loginProblem()).isNull();
		this.kept.loginFailed(new SQLException("wrong password", "28P01"));
		assertThat(this.kept.loginProblem()).extracting(Problem::errorClass).isEqualTo(ErrorClass.UNAUTHORIZED);
	}

	@ParameterizedTest
	@MethodSource
	void aNodeThatAnswersAndRefusesConnectionsForLongIsImpaired(SQLException refused) throws SQLException {
		Session old = open();
		this.refusal = refused;
		this.now += OLD.toNanos();
		probeFor(Duration.ofSeconds(5), old);
		assertThat(this.kept.loginProblem()).isNull();
		probeFor(Duration.ofSeconds(3), old);
		assertThat(this.kept.loginProblem()).extracting(Problem::verdict).isEqualTo(Verdict.IMPAIRED);
		this.refusal = null;
		probeFor(Duration.ofSeconds(3), old);
		assertThat(this.kept.loginProblem()).isNull();
	}

	static List<SQLException> aNodeThatAnswersAndRefusesConnectionsForLongIsImpaired() {
		return List.of(new SQLException("refused", "08001", new ConnectException("Connection refused")),
				new SQLException("failed", "08001", new SocketException("Connection reset")),
				new SQLException("closed", "08001", new EOFException()), new SQLException("shutting down", "57P03"));
	}

	@Test
	void looksThatAreRefusedForLongMakeANodeImpairedAndOneThatIsNotEndsThat() throws SQLException {
		SQLException refused = new SQLException("refused", "08001", new ConnectException("Connection refused"));
		this.kept.loginFailed(refused);
		this.now += Duration.ofSeconds(4).toNanos();
		open();
		this.now += Duration.ofSeconds(2).toNanos();
		this.kept.loginFailed(refused);
		assertThat(this.kept.loginProblem()).isNull();
		this.now += Duration.ofSeconds(6).toNanos();
		this.kept.loginFailed(refused);
		assertThat(this.kept.loginProblem()).extracting(Problem::errorClass).isEqualTo(ErrorClass.CONNECTION_LOST);
	}

	@ParameterizedTest
	@MethodSource
	void whatTheNodeHasNotDoneIsNoRefusal(IOException cause) throws SQLException {
		Session old = open();
		this.refusal = new SQLException("no connection", "08001", cause);
		this.now += OLD.toNanos();
		probeFor(Duration.ofMinutes(1), old);
		assertThat(this.kept.loginProblem()).isNull();
	}

	static List<IOException> whatTheNodeHasNotDoneIsNoRefusal() {
		return List.of(new SocketTimeoutException("Connect timed out"), new UnknownHostException("db1"),
				new SocketException("Too many open files"),
				new NoRouteToHostException("Cannot assign requested address"));
	}

	@Test
	void aLoginThatWorksEndsTheRarePausesOfRefusedOnes() throws SQLException {
		this.server.refuse("28P01");
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::open);
		assertThat(this.kept.loginPause()).isEqualTo(INTERVAL);
		assertThat(this.kept.isLoginTooSoon()).isTrue();
		this.now += LoginBackoff.LEAST.toNanos();
		assertThat(this.kept.isLoginTooSoon()).isFalse();
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::open);
		assertThat(this.kept.loginPause()).isEqualTo(INTERVAL.multipliedBy(2));
		this.server.accept();
		open();
		assertThat(this.kept.take(() -> false)).isNotNull();
		assertThat(this.kept.loginPause()).isNull();
		assertThat(this.kept.isLoginTooSoon()).isFalse();
	}

	@Test
	void theNameOfANodeIsLookedAtAgainAfterAPauseUnlessLoginsAreRefused() throws SQLException {
		assertThat(this.kept.mayLookAgain()).isTrue();
		this.now += OLD.toNanos();
		open();
		this.now += Duration.ofMillis(100).toNanos();
		assertThat(this.kept.mayLookAgain()).isFalse();
		this.now++;
		assertThat(this.kept.mayLookAgain()).isTrue();
		assertThat(this.kept.sinceLastLogin()).isEqualTo(Duration.ofMillis(100).plusNanos(1));
		this.server.refuse("28P01");
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::open);
		this.now += LoginBackoff.LEAST.toNanos() - 1;
		assertThat(this.kept.mayLookAgain()).isFalse();
		this.now++;
		assertThat(this.kept.mayLookAgain()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "20, 100", "30, 120", "200, 800", "300, 1000" })
	void looksTakeAQuarterOfTheTimeAtMostUnlessLoginsTakeLong(long loginMillis, long pauseMillis) throws SQLException {
		this.whileConnecting = () -> this.now += Duration.ofMillis(loginMillis).toNanos();
		open();
		this.now += Duration.ofMillis(pauseMillis - loginMillis).toNanos();
		assertThat(this.kept.mayLookAgain()).isFalse();
		this.now++;
		assertThat(this.kept.mayLookAgain()).isTrue();
	}

	@Test
	void aReplacedOrClosedConnectionIsNotLeftOpen() throws SQLException {
		open();
		this.now++;
		Session young = open();
		assertThat(this.server.open()).isOne();
		assertThat(this.kept.take(() -> false)).isSameAs(young);
		assertThat(this.kept.keep(young)).isTrue();
		this.kept.close();
		assertThat(this.server.open()).isZero();
		Session late = this.kept.open(new ConnectionSockets());
		assertThat(this.kept.keep(late)).isFalse();
		this.now += OLD.toNanos();
		this.kept.renew(late);
		assertThat(this.server.connects()).isEqualTo(4);
		assertThat(this.server.open()).isOne();
	}

	@Test
	void aProbeWaitsForALentConnectionUnlessItIsAbandoned() throws Exception {
		Session session = open();
		assertThat(this.kept.take(() -> false)).isSameAs(session);
		this.kept.lend(session);
		assertThat(this.kept.take(() -> true)).isNull();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.kept.take(() -> false));
		assertThat(Thread.interrupted()).isTrue();
		this.kept.giveBack();
		assertThat(this.kept.take(() -> false)).isNull();
	}

	@Test
	void aDriverThatDoesNotTellItsServerIsNoProblem() throws SQLException {
		ConnectionSockets sockets = new ConnectionSockets();
		Session session = this.kept.open(sockets);
		assertThat(session.sockets()).isSameAs(sockets);
		assertThat(session.server()).isEmpty();
	}

	private void probeFor(Duration time, Session old) {
		long end = this.now + time.toNanos();
		for (; this.now < end; this.now += INTERVAL.toNanos()) {
			this.kept.renew(old);
		}
	}

	private Session open() throws SQLException {
		Session session = this.kept.open(new ConnectionSockets());
		this.kept.keep(session);
		return session;
	}

	private Session openUnchecked() {
		try {
			return open();
		}
		catch (SQLException ex) {
			throw new AssertionError(ex);
		}
	}

	private Connection connect() throws SQLException {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.refusal != null) {
			throw this.refusal;
		}
		Runnable meanwhile = this.whileConnecting;
		if (meanwhile != null) {
			this.whileConnecting = null;
			meanwhile.run();
		}
		return this.server.connect();
	}

}
