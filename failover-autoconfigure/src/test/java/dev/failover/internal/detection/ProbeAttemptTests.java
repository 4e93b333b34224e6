package dev.failover.internal.detection;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Verdict;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.KeptConnection.Problem;
import dev.failover.internal.detection.KeptConnection.Session;
import dev.failover.internal.detection.ProbeAttempt.Use;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbeAttempt}.
 */
final class ProbeAttemptTests {

	@AutoClose
	private final StubServer server = new StubServer();

	private final StubDialect dialect = new StubDialect();

	private final ProbeClock clock = new ProbeClock(Clock.systemUTC(), System::nanoTime);

	private final DetectionSettings settings = new DetectionSettings(Duration.ofMillis(500), Duration.ofSeconds(1), 2,
			Duration.ofMillis(20), 2, null);

	private final KeptConnection kept = new KeptConnection((sockets) -> this.server.connect(),
			new ErrorClassification(List.of(this.dialect)), this.settings.interval(), this.clock);

	@Test
	void aLookThatFailsAsksOnTheKeptConnection() throws SQLException {
		open();
		this.server.refuse("08001");
		ProbeAttempt look = look();
		look.run();
		assertThat(look.outcome().verdict()).isEqualTo(Verdict.UP);
		assertThat(look.askedKept()).isTrue();
	}

	/**
	 * Otherwise the next round would find none, and log in.
	 */
	@Test
	void aLookThatIsLeftBehindAndFailsLeavesTheKeptConnectionToTheNextRound() throws SQLException {
		Session session = open();
		this.server.refuse("28P01");
		ProbeAttempt look = look();
		look.leaveBehind();
		look.run();
		assertThat(this.server.executed(StubDialect.ROLE)).isZero();
		assertThat(this.kept.take(() -> false)).isSameAs(session);
		assertThat(this.kept.loginProblem()).extracting(Problem::errorClass).isEqualTo(ErrorClass.UNAUTHORIZED);
	}

	private Session open() throws SQLException {
		Session session = this.kept.open(new ConnectionSockets());
		this.kept.keep(session);
		return session;
	}

	private ProbeAttempt look() {
		ProbeTarget target = new ProbeTarget(new Node("primary"), this.server.url(), this.kept,
				NodeReader.of(this.dialect, null), this.settings, this.clock, new Unheard());
		return new ProbeAttempt(target, Use.LOOK_AGAIN, new LinkedBlockingQueue<>(), 0);
	}

	/**
	 * Listener that ignores all results.
	 */
	private static final class Unheard implements ProbeListener {

		@Override
		public void probed(ProbeResult result) {
		}

		@Override
		public void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at) {
		}

	}

}
