package dev.failover.internal.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.failover.Role;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeConnector;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link NodeInspector}.
 */
class NodeInspectorTests {

	private final NodeSettings mirror = new CheckContextBuilder()
		.timeouts(CheckContextBuilder.MIRROR, JdbcDriverSettings.Timeouts.UNSET)
		.settings()
		.get(1);

	private final Connection connection = mock();

	private final Dialect dialect = mock();

	@BeforeEach
	void prepare() throws SQLException {
		given(this.dialect.forServer(this.connection)).willReturn(this.dialect);
	}

	@Test
	void returnsFactsAndClosesItsConnection() throws Exception {
		ServerFacts server = new ServerFacts(List.of(), 97);
		given(this.dialect.readFacts(this.connection)).willReturn(server);
		Refusal refusal = new Refusal("cluster", "42501 permission denied", "It is not known.");
		given(this.dialect.read(this.connection))
			.willReturn(new Reading(Role.READ_ONLY, "one", null, List.of(refusal)));
		given(this.dialect.readReplication(this.connection)).willReturn(new ReplicationReading(true, null, null));
		given(this.connection.getMetaData()).willThrow(new SQLException("not here"));
		assertThat(inspector((sockets) -> this.connection, Duration.ofSeconds(30)).inspect(this.mirror))
			.hasValueSatisfying((inspection) -> {
				assertThat(inspection.server()).isEqualTo(server);
				assertThat(inspection.reading().instance()).isEqualTo("one");
				assertThat(inspection.refusals()).containsExactly(refusal);
				assertThat(inspection.history()).isNull();
				assertThat(inspection.addresses()).hasSize(1);
			});
		verify(this.connection).close();
	}

	@Test
	void aFailedConnectReturnsNothing() throws Exception {
		assertThat(inspector((sockets) -> {
			throw new SQLException("refused", "08001");
		}, Duration.ofSeconds(30)).inspect(this.mirror)).isEmpty();
	}

	@Test
	void aSilentServerIsAbandonedAtTheDeadlineAndItsConnectionAborted() throws Exception {
		CountDownLatch silent = new CountDownLatch(1);
		given(this.dialect.read(this.connection)).willAnswer((call) -> {
			silent.await();
			throw new SQLException("aborted", "08006");
		});
		assertThat(inspector((sockets) -> this.connection, Duration.ofMillis(50)).inspect(this.mirror)).isEmpty();
		verify(this.connection, timeout(10_000)).abort(any());
		silent.countDown();
		verify(this.connection, timeout(10_000)).close();
	}

	@Test
	void aConnectionThatOpensTooLateIsClosedUnused() throws Exception {
		CountDownLatch late = new CountDownLatch(1);
		assertThat(inspector((sockets) -> {
			Awaitility.await().until(() -> late.getCount() == 0);
			return this.connection;
		}, Duration.ofMillis(50)).inspect(this.mirror)).isEmpty();
		late.countDown();
		verify(this.connection, timeout(10_000)).close();
		verify(this.dialect, never()).readFacts(any());
	}

	private NodeInspector inspector(ProbeConnector connector, Duration deadline) {
		return new NodeInspector(Map.of(CheckContextBuilder.MIRROR, connector), this.dialect,
				new MigrationHistoryTable(null, "history"), deadline, System::nanoTime);
	}

}
