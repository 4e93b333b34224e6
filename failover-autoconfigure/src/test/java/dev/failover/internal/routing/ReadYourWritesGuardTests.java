package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import dev.failover.Cause;
import dev.failover.History;
import dev.failover.LogPosition;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.stub.GenerationHistory;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReadYourWritesGuard}.
 */
final class ReadYourWritesGuardTests {

	private final Map<Node, History> applied = new HashMap<>();

	private final CurrentRoute route = new CurrentRoute(route(PRIMARY, MIRROR));

	private final ReadYourWritesGuard guard = new ReadYourWritesGuard(new DelegatingDataSource(), this.route,
			new StubDialect(), this.applied::get);

	@ParameterizedTest
	@CsvSource({ "99, false", "100, true", "101, true" })
	void theMirrorServesReadsOnceItHasAppliedTheirPosition(long applied, boolean satisfied) {
		this.applied.put(MIRROR, new GenerationHistory("one", 1L, applied));
		assertThat(this.guard.after(new LogPosition("100"), this.guard::isSatisfied)).isEqualTo(satisfied);
	}

	@Test
	void aMirrorOfUnknownPositionServesNoReadsThatRequireOne() {
		assertThat(this.guard.after(new LogPosition("0"), this.guard::isSatisfied)).isFalse();
	}

	@Test
	void readsThatRequireNothingAreServedByTheMirror() {
		assertThat(this.guard.isSatisfied()).isTrue();
	}

	@Test
	void nestedWorkKeepsTheLargerPosition() {
		this.applied.put(MIRROR, new GenerationHistory("one", 1L, 150L));
		boolean inner = this.guard.after(new LogPosition("200"),
				() -> this.guard.after(new LogPosition("100"), this.guard::isSatisfied));
		boolean outer = this.guard.after(new LogPosition("100"),
				() -> this.guard.after(new LogPosition("200"), () -> true) && this.guard.isSatisfied());
		assertThat(inner).isFalse();
		assertThat(outer).isTrue();
	}

	@Test
	void theNodeThatTakesWritesHasEverything() {
		this.route.publish(ResolvedRoute.holding(route(PRIMARY, PRIMARY)));
		assertThat(this.guard.after(new LogPosition("100"), this.guard::isSatisfied)).isTrue();
	}

	@Test
	void innerWorkDoesNotEndWhatTheOuterRequires() {
		this.applied.put(MIRROR, new GenerationHistory("one", 1L, 150L));
		boolean outer = this.guard.after(new LogPosition("200"),
				() -> this.guard.after(new LogPosition("100"), () -> true) && this.guard.isSatisfied());
		assertThat(outer).isFalse();
		assertThat(this.guard.isSatisfied()).isTrue();
	}

	/**
	 * The position is asked of the node for writes, also in a read-only transaction,
	 * whose later work goes to the nodes for reads as before.
	 */
	@Test
	void thePositionIsThatOfTheNodeForWrites() throws Exception {
		List<Access> asked = new ArrayList<>();
		try (StubServer server = new StubServer()) {
			DataSource writes = dataSource(() -> {
				asked.add(TransactionIntention.current());
				return server.connect();
			});
			TransactionSynchronizationManager.setCurrentTransactionReadOnly(true);
			try {
				assertThat(guard(writes).position()).isEqualTo(new LogPosition("100"));
				assertThat(TransactionIntention.current()).isEqualTo(Access.READS);
			}
			finally {
				TransactionSynchronizationManager.clear();
			}
			assertThat(asked).containsExactly(Access.WRITES);
			assertThat(server.open()).isZero();
		}
	}

	@Test
	void aServerThatDoesNotTellItsPositionIsAnError() {
		try (StubServer server = new StubServer()) {
			server.fail(StubDialect.ROLE, StubDialect.READ_ONLY);
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> guard(dataSource(server::connect)).position())
				.withMessageContaining("could not be read");
		}
	}

	private ReadYourWritesGuard guard(DataSource dataSource) {
		return new ReadYourWritesGuard(dataSource, this.route, new StubDialect(), this.applied::get);
	}

	private static DataSource dataSource(Opening opening) {
		return new AbstractDataSource() {

			@Override
			public Connection getConnection() throws SQLException {
				return opening.open();
			}

			@Override
			public Connection getConnection(String username, String password) throws SQLException {
				return opening.open();
			}

		};
	}

	private interface Opening {

		Connection open() throws SQLException;

	}

	private static Route route(Node writes, Node reads) {
		return new Route(writes, List.of(reads), Mode.NORMAL, 1, Instant.EPOCH, Cause.STARTUP);
	}

}
