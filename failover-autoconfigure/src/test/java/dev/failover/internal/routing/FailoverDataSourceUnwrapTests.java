package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.internal.routing.ResolvedRoute.Unserved;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static dev.failover.internal.routing.StubNodePair.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FailoverDataSource}: what it tells of itself and of the pools behind
 * it, and what it refuses.
 */
@Timeout(60)
final class FailoverDataSourceUnwrapTests {

	private final StubNodePair pair = new StubNodePair();

	private final FailoverDataSource dataSource = this.pair.dataSource;

	@AfterEach
	void close() {
		this.pair.close();
	}

	@Test
	void isFoundInsideOfWrappersAndNotInOtherDataSources() {
		assertThat(FailoverDataSource.isIn(this.dataSource)).isTrue();
		assertThat(FailoverDataSource.isIn(new DelegatingDataSource(this.dataSource))).isTrue();
		assertThat(FailoverDataSource.isIn(this.pair.primaryPool.hikari())).isFalse();
		assertThat(FailoverDataSource.isIn(new DelegatingDataSource() {

			@Override
			public boolean isWrapperFor(Class<?> type) throws SQLException {
				throw new SQLException("broken");
			}

		})).isFalse();
	}

	@Test
	void showsThePoolsOfAllNodes() {
		assertThat(this.dataSource.getResolvedDataSources())
			.isEqualTo(Map.of(PRIMARY, this.pair.primaryPool.hikari(), MIRROR, this.pair.mirrorPool.hikari()));
		assertThat(this.dataSource.getResolvedDefaultDataSource()).isIn(this.pair.primaryPool.hikari(),
				this.pair.mirrorPool.hikari());
	}

	@Test
	void thePoolBehindItIsThatOfTheRoute() throws SQLException {
		this.pair.moveTo(MIRROR);
		assertThat(this.dataSource.determineCurrentLookupKey()).isEqualTo(MIRROR);
		assertThat(this.dataSource.unwrap(DataSource.class)).isSameAs(this.pair.mirrorPool.hikari());
		this.pair.moveTo(PRIMARY);
		assertThat(this.dataSource.determineCurrentLookupKey()).isEqualTo(PRIMARY);
		assertThat(this.dataSource.unwrap(DataSource.class)).isSameAs(this.pair.primaryPool.hikari());
	}

	@Test
	void whoeverAsksForThePoolBehindItWaitsForARoute() throws Exception {
		assertThat(this.dataSource.determineTargetDataSource())
			.isSameAs(this.dataSource.getResolvedDefaultDataSource());
		CompletableFuture<DataSource> pool = CompletableFuture.supplyAsync(() -> {
			try {
				return this.dataSource.unwrap(DataSource.class);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
		await().until(() -> this.dataSource.waitingRequests() == 1);
		this.pair.moveTo(MIRROR);
		assertThat(pool.get(30, TimeUnit.SECONDS)).isSameAs(this.pair.mirrorPool.hikari());
		assertThat(this.pair.mirrorPool.stats().active()).isZero();
	}

	@Test
	void isItselfAndNothingElse() throws SQLException {
		this.pair.moveTo(PRIMARY);
		assertThat(this.dataSource.unwrap(FailoverDataSource.class)).isSameAs(this.dataSource);
		assertThat(this.dataSource.isWrapperFor(FailoverDataSource.class)).isTrue();
		assertThat(this.dataSource.isWrapperFor(HikariDataSource.class)).isFalse();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.dataSource.unwrap(HikariDataSource.class))
			.withMessageContainingAll(HikariDataSource.class.getName(), "the pool behind it changes");
	}

	@Test
	void itsTimeoutIsThatOfThePoolsAndCannotBeSet() {
		assertThat(this.dataSource.getLoginTimeout()).isEqualTo(20);
		assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
			.isThrownBy(() -> this.dataSource.setLoginTimeout(5));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readsThatRequireMoreThanTheirNodesHaveGoToTheNodeForWrites(boolean suffice) throws SQLException {
		this.pair.publish(this.pair.route().next(PRIMARY, List.of(MIRROR), Mode.NORMAL, Instant.EPOCH, Cause.STARTUP));
		FailoverDataSource reads = new FailoverDataSource(this.pair.currentRoute(),
				Map.of(PRIMARY, this.pair.primaryPool.hikari(), MIRROR, this.pair.mirrorPool.hikari()),
				Duration.ofSeconds(20), () -> {
				}, () -> suffice);
		TransactionSynchronizationManager.setCurrentTransactionReadOnly(true);
		try (Connection connection = reads.getConnection()) {
			assertThat(target(connection)).isEqualTo((suffice ? this.pair.mirror : this.pair.primary).url());
		}
		finally {
			TransactionSynchronizationManager.clear();
		}
	}

	/** Waiting for a change would only fill the application's threads. */
	@Test
	void whileNoNodeLetsAnybodyLogInRequestsAreRefusedAtOnceWithTheReason() {
		this.pair.currentRoute()
			.publish(ResolvedRoute.holding(this.pair.route())
				.withReason(new Unserved("primary refuses the login", true)));
		assertThatExceptionOfType(NoNodeAvailableException.class).isThrownBy(this.dataSource::getConnection)
			.havingCause()
			.isInstanceOfSatisfying(SQLException.class, (reason) -> {
				assertThat(reason.getMessage()).isEqualTo("primary refuses the login");
				assertThat(reason.getSQLState()).isEqualTo("28000");
			});
		assertThat(this.dataSource.refusedRequests()).isOne();
		assertThat(this.dataSource.heldRequests()).isZero();
		assertThat(this.pair.reroutes).hasValue(1);
	}

	@Test
	void anInterruptedRequestIsRefusedAndStaysInterrupted() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.dataSource::getConnection)
			.withMessageContaining("Interrupted");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.dataSource.waitingRequests()).isZero();
	}

}
