package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Future;

import dev.failover.test.stub.StubServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static dev.failover.stub.StubDialect.WARM_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SessionWarmUp}.
 */
@Timeout(60)
final class SessionWarmUpTests {

	private final StubNodePair pair = new StubNodePair();

	@AfterEach
	void close() {
		this.pair.close();
	}

	@Test
	void beforeTheFirstDecisionSessionsOfTheMirrorAreWarmed() throws Exception {
		openSessions();
		assertWarmed(0, 1);
	}

	@Test
	void sessionsOfTheNodeInUseAreNotWarmed() throws Exception {
		this.pair.moveTo(PRIMARY);
		openSessions();
		assertWarmed(0, 1);
	}

	@Test
	void afterAFailoverSessionsOfTheOtherNodeAreWarmed() throws Exception {
		this.pair.moveTo(MIRROR);
		this.pair.primaryPool.readmit();
		openSessions();
		assertWarmed(1, 0);
	}

	@Test
	void aSessionIsWarmedOnce() throws Exception {
		openSessions();
		openSessions();
		assertWarmed(0, 1);
	}

	@Test
	void aSessionThatCannotBeWarmedIsUsedNevertheless() throws Exception {
		this.pair.mirror.fail(WARM_UP, "42501");
		try (Connection connection = this.pair.mirrorPool.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("work");
		}
		assertThat(this.pair.mirror.executed("work")).isOne();
		assertThat(this.pair.mirror.connects()).isOne();
	}

	/**
	 * A connection that is not in the pool yet can be aborted, too.
	 */
	@Test
	void aSessionThatHangsInItsWarmUpIsAborted() throws Exception {
		this.pair.moveTo(PRIMARY);
		this.pair.mirror.ignore(WARM_UP);
		Future<String> caller = this.pair.caller(this.pair.mirrorPool);
		await().until(() -> this.pair.mirror.open() == 1);
		this.pair.mirrorPool.quarantine();
		assertThat(caller.get()).isEqualTo("placeholder");
		this.pair.mirrorPool.abort();
		await().until(() -> this.pair.mirror.aborts() == 1);
	}

	private void openSessions() throws SQLException {
		this.pair.primaryPool.getConnection().close();
		this.pair.mirrorPool.getConnection().close();
	}

	private void assertWarmed(int primary, int mirror) {
		assertThat(warmed(this.pair.primary)).isEqualTo(primary);
		assertThat(warmed(this.pair.mirror)).isEqualTo(mirror);
	}

	private static int warmed(StubServer server) {
		return server.executed(WARM_UP);
	}

}
