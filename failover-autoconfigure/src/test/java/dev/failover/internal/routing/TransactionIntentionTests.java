package dev.failover.internal.routing;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.sun.management.ThreadMXBean;
import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.ReadOnlyMode;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static dev.failover.internal.routing.StubNodePair.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what Spring's transactions tell {@link FailoverDataSource}.
 */
@Timeout(60)
final class TransactionIntentionTests {

	private static final int BEGINNINGS = 10_000;

	private final StubNodePair pair = new StubNodePair();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@BeforeEach
	void readFromTheMirror() {
		this.pair.moveTo(PRIMARY);
		this.pair
			.publish(this.pair.route().next(PRIMARY, List.of(MIRROR), Mode.NORMAL, Instant.EPOCH, Cause.READS_MOVED));
	}

	@AfterEach
	void close() {
		this.threads.shutdownNow();
		this.pair.close();
	}

	@Test
	void transactionsReachTheNodeOfTheirKindAndOtherWorkTheOneForWrites() throws Exception {
		assertThat(transaction(true)).isEqualTo(mirror());
		assertThat(transaction(false)).isEqualTo(primary());
		assertThat(outsideOfTransactions()).isEqualTo(primary());
	}

	@Test
	void aReadOnlyTransactionReachesTheMirrorWhateverAWrapperAsksFirst() {
		DataSource curious = new DelegatingDataSource(this.pair.dataSource) {
			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				connection.createStatement().close();
				return connection;
			}
		};
		assertThat(transaction(curious, true)).isEqualTo(mirror());
		assertThat(transaction(curious, false)).isEqualTo(primary());
	}

	@Test
	void workThatJoinsReadOnlyWithoutATransactionReachesTheMirror() {
		TransactionTemplate supporting = template(this.pair.dataSource, true);
		supporting.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
		assertThat(execute(supporting, this.pair.dataSource)).isEqualTo(mirror());
	}

	@Test
	void anInnerTransactionOfTheOtherKindReachesTheOtherNode() {
		TransactionTemplate inner = template(this.pair.dataSource, true);
		inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		TransactionTemplate outer = template(this.pair.dataSource, false);
		assertThat(outer.<String>execute((status) -> execute(inner, this.pair.dataSource))).isEqualTo(mirror());
		assertThat(execute(outer, this.pair.dataSource)).isEqualTo(primary());
	}

	@ParameterizedTest
	@CsvSource({ "8, WRITES", "4, READS", ", READS" })
	void aReadOnlyTransactionThatHasBegunReadsUnlessItIsSerializable(@Nullable Integer isolation, Access access) {
		TransactionSynchronizationManager.setCurrentTransactionReadOnly(true);
		TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(isolation);
		try {
			assertThat(TransactionIntention.current()).isEqualTo(access);
		}
		finally {
			TransactionSynchronizationManager.clear();
		}
	}

	/**
	 * Requests of the same transaction in other ways, and those of other transactions,
	 * stay on the mirror.
	 */
	@Test
	void aReadOnlyTransactionThatAReplicaRefusedGoesToTheNodeForWritesTheNextTime() {
		SerializableReads known = new SerializableReads();
		this.pair.mirror.raise("select", () -> new PSQLException(new ServerErrorMessage(
				"C0A000\0Mcannot use serializable mode in a hot standby\0Rcheck_XactIsoLevel\0")));
		TransactionTemplate report = template(this.pair.dataSource, true, known);
		report.setName("report");
		assertThatException().isThrownBy(() -> select(report));
		assertThat(known.names()).containsExactly("report");
		assertThat(select(report)).isEqualTo(primary());
		this.pair.mirror.fail("select", "23505");
		TransactionTemplate balance = template(this.pair.dataSource, true, known);
		balance.setName("balance");
		assertThatException().isThrownBy(() -> select(balance));
		this.pair.mirror.fail("select", "08006");
		assertThatException().isThrownBy(() -> select(balance));
		assertThat(known.names()).containsExactly("report");
	}

	private String select(TransactionTemplate template) {
		return template.<String>execute((status) -> {
			new JdbcTemplate(this.pair.dataSource).execute("select");
			return execute(template, this.pair.dataSource);
		});
	}

	@ParameterizedTest
	@EnumSource(ReadOnlyMode.class)
	void withoutANodeForWritesReadOnlyTransactionsAreServedInEachMode(ReadOnlyMode mode) {
		this.pair.loseWrites(new Unwritable(mode, null));
		assertThat(transaction(true)).isEqualTo(mirror());
	}

	@Test
	void inModeHoldAWriteWaitsForItsNodeAndOtherWorkIsServed() throws Exception {
		this.pair.loseWrites(new Unwritable(ReadOnlyMode.HOLD, null));
		Future<String> write = this.threads.submit(() -> transaction(false));
		await().until(() -> this.pair.dataSource.waitingRequests() == 1);
		assertThat(outsideOfTransactions()).isEqualTo(mirror());
		this.pair.moveTo(MIRROR);
		assertThat(write.get(10, TimeUnit.SECONDS)).isEqualTo(mirror());
		assertThat(this.pair.dataSource.heldRequests()).isOne();
	}

	/** A machine may take longer for a pause, but never less. */
	@Test
	void inModeHoldEachRefusedWriteOutsideOfTransactionsDelaysTheNextRequestOfItsThread() throws Exception {
		this.pair.mirror.fail("insert", "25006");
		this.pair.loseWrites(new Unwritable(ReadOnlyMode.HOLD, null));
		long begun = System.nanoTime();
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(this::writeOutsideOfTransactions);
		}
		assertThat(System.nanoTime() - begun).isGreaterThan(2 * RefusedWrites.PAUSE);
		assertThat(RefusedWrites.poll(this.pair.route())).isTrue();
		assertThat(RefusedWrites.poll(this.pair.route())).isFalse();
		assertThat(outsideOfTransactions()).isEqualTo(mirror());
	}

	@Test
	void aRefusedWriteDelaysNoRequestOnALaterRoute() throws Exception {
		this.pair.mirror.fail("insert", "25006");
		this.pair.loseWrites(new Unwritable(ReadOnlyMode.HOLD, null));
		assertThatExceptionOfType(SQLException.class).isThrownBy(this::writeOutsideOfTransactions);
		this.pair.loseWrites(new Unwritable(ReadOnlyMode.HOLD, null));
		assertThat(RefusedWrites.poll(this.pair.route())).isFalse();
	}

	private void writeOutsideOfTransactions() throws SQLException {
		try (Connection connection = this.pair.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("insert");
		}
	}

	@Test
	void inModeHoldAWriteIsRefusedOnceTheLossIsTooLongAgoAndLeavesNoIntention() throws Exception {
		this.pair.loseWrites(new Unwritable(ReadOnlyMode.HOLD, Duration.ZERO));
		assertThatExceptionOfType(CannotCreateTransactionException.class).isThrownBy(() -> transaction(false))
			.withRootCauseInstanceOf(NoNodeAvailableException.class);
		assertThat(this.pair.dataSource.waitingRequests()).isZero();
		assertThat(outsideOfTransactions()).isEqualTo(mirror());
	}

	/** The connection time-out is far longer than the limit. */
	@Test
	void inModeHoldAWaitingWriteIsRefusedWhenTheLossIsTooLongAgo() {
		this.pair.loseWrites(new Unwritable(ReadOnlyMode.HOLD, Duration.ofMillis(200)));
		Future<String> write = this.threads.submit(() -> transaction(false));
		await().atMost(Duration.ofSeconds(10)).until(write::isDone);
		assertThat(this.pair.dataSource.refusedRequests()).isOne();
	}

	@Test
	void inModeServeAllWorkIsServedAndInModeRejectNoneButReads() throws Exception {
		this.pair.loseWrites(new Unwritable(ReadOnlyMode.SERVE, null));
		assertThat(transaction(false)).isEqualTo(mirror());
		assertThat(outsideOfTransactions()).isEqualTo(mirror());
		this.pair.loseWrites(new Unwritable(ReadOnlyMode.REJECT, null));
		assertThatExceptionOfType(CannotCreateTransactionException.class).isThrownBy(() -> transaction(false));
		assertThatExceptionOfType(NoNodeAvailableException.class).isThrownBy(this::outsideOfTransactions);
	}

	/**
	 * Counts bytes, which other work on the machine does not change. The listener is
	 * called as a transaction manager does, and the intention read as for a connection.
	 */
	@Test
	void tellingAndReadingAnIntentionAllocatesNothing() {
		TransactionIntention intention = new TransactionIntention(new SerializableReads());
		TransactionExecution transaction = new TransactionExecution() {
			@Override
			public boolean isReadOnly() {
				return true;
			}
		};
		begin(intention, transaction);
		ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
		long before = threads.getCurrentThreadAllocatedBytes();
		begin(intention, transaction);
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(BEGINNINGS);
	}

	private static void begin(TransactionIntention intention, TransactionExecution transaction) {
		for (int i = 0; i < BEGINNINGS; i++) {
			intention.beforeBegin(transaction);
			if (TransactionIntention.current() != Access.READS) {
				throw new IllegalStateException("The intention is not known");
			}
			intention.afterBegin(transaction, null);
		}
	}

	private String primary() {
		return this.pair.primary.url();
	}

	private String mirror() {
		return this.pair.mirror.url();
	}

	private String transaction(boolean readOnly) {
		return transaction(this.pair.dataSource, readOnly);
	}

	private static String transaction(DataSource dataSource, boolean readOnly) {
		return execute(template(dataSource, readOnly), dataSource);
	}

	private static TransactionTemplate template(DataSource dataSource, boolean readOnly) {
		return template(dataSource, readOnly, new SerializableReads());
	}

	private static TransactionTemplate template(DataSource dataSource, boolean readOnly, SerializableReads known) {
		JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
		manager.addListener(new TransactionIntention(known));
		TransactionTemplate template = new TransactionTemplate(manager);
		template.setReadOnly(readOnly);
		return template;
	}

	private static String execute(TransactionTemplate template, DataSource dataSource) {
		return template.<String>execute((status) -> {
			Connection connection = DataSourceUtils.getConnection(dataSource);
			try {
				return target(connection);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				DataSourceUtils.releaseConnection(connection, dataSource);
			}
		});
	}

	private String outsideOfTransactions() throws SQLException {
		try (Connection connection = this.pair.dataSource.getConnection()) {
			return target(connection);
		}
	}

}
