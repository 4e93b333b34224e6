package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.failover.ErrorClass;
import dev.failover.internal.detection.KeptConnection.Problem;
import dev.failover.internal.detection.KeptConnection.Session;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the renewal of a {@link KeptConnection}.
 */
final class KeptConnectionTests {

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private static final Duration OLD = Duration.ofSeconds(31);

	private final StubServer server = new StubServer();

	private @Nullable RuntimeException failure;

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

	private Connection connect() throws SQLException {
		if (this.failure != null) {
			throw this.failure;
		}
		return this.server.connect();
	}

}
