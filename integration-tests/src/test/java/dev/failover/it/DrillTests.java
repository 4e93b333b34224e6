package dev.failover.it;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.DrillFault;
import dev.failover.DrillReport;
import dev.failover.Mode;
import dev.failover.OperationRefusedException;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.transaction.NoWritableNodeException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of drills, which rehearse the loss of the primary.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrillTests {

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.start();

	@ParameterizedTest
	@EnumSource
	void aDrillMovesTheRouteAndEndsWithAReport(DrillFault fault) throws Exception {
		try (Application application = Application.start(this.pair, "failover.drill.enabled=true")) {
			application.jdbc().execute("drop table if exists entry");
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			try (ClientThreads client = new ClientThreads(application.jdbc()).readers(4).writers(1)) {
				application.await("load", () -> client.reads() > 50 && client.writes() > 10);
				DrillReport report = application.failover()
					.drill(fault, Duration.ofSeconds(4), "alice")
					.get(30, TimeUnit.SECONDS);
				assertThat(report.timeToDetect()).isNotNull().isLessThan(Duration.ofSeconds(4));
				assertThat(report.timeToSwitch()).as("without a promotion").isNull();
				assertThat(report.routeChanges()).isEqualTo(1);
				assertThat(report.node().name()).isEqualTo("primary");
				assertThat(report.callsFailed() + report.callsHeld()).as(report.toString()).isPositive();
				application.await("the untouched primary", () -> this.pair.primary().isWritable());
				application.awaitMode(Mode.NORMAL);
				int reads = client.reads();
				application.await("further reads", () -> client.reads() > reads + 50);
			}
			application.awaitReady();
		}
	}

	@Test
	void aDrillThatDemotesThePrimaryRefusesWritesOfTheApplicationOnly() throws Exception {
		try (Application application = Application.start(this.pair, "failover.drill.enabled=true")) {
			createTables(application);
			application.awaitReady();
			try (ClientThreads writers = new ClientThreads(application.jdbc()).writers(4);
					ClientThreads readers = new ClientThreads(application.jdbc()).readers(4)) {
				application.await("load", () -> readers.reads() > 50 && writers.writes() > 10);
				CompletableFuture<DrillReport> drill = drill(application);
				application.awaitMode(Mode.READ_ONLY);
				int writes = writers.writes();
				int failures = writers.failures();
				int reads = readers.reads();
				DrillReport report = awaitWhileOthersWrite(application, drill);
				assertThat(writers.failures()).isGreaterThan(failures);
				assertThat(readers.reads()).isGreaterThan(reads + 50);
				assertThat(report.callsFailed()).as(report.toString()).isPositive();
				application.awaitMode(Mode.NORMAL);
				int before = writers.failures();
				application.await("further writes", () -> writers.writes() > writes + 50);
				assertThat(writers.failures()).as("failed after the end").isEqualTo(before);
				assertThat(writers.errors()).containsExactly(NoWritableNodeException.class);
				assertThat(readers.errors()).isEmpty();
			}
		}
	}

	@Test
	void aDrillThatDemotesThePrimaryHoldsWritesInWaitMode() throws Exception {
		try (Application application = Application.start(this.pair, "failover.drill.enabled=true",
				"failover.read-only.mode=wait")) {
			createTables(application);
			application.awaitReady();
			try (ClientThreads writers = new ClientThreads(application.jdbc()).writers(4)) {
				application.await("load", () -> writers.writes() > 10);
				CompletableFuture<DrillReport> drill = drill(application);
				application.awaitMode(Mode.READ_ONLY);
				application.await("held", () -> application.failoverDataSource().waitingRequests() == 4);
				int writes = writers.writes();
				int failures = writers.failures();
				assertThat(application.transactions(true)
					.<Long>execute(
							(status) -> application.jdbc().queryForObject("select count(*) from entry", Long.class)))
					.isPositive();
				DrillReport report = awaitWhileOthersWrite(application, drill);
				assertThat(report.callsHeld()).as(report.toString()).isEqualTo(4);
				application.awaitMode(Mode.NORMAL);
				application.await("further writes", () -> writers.writes() > writes + 50);
				assertThat(writers.failures()).as("failed while held or after the end").isEqualTo(failures);
				assertThat(writers.errors()).isSubsetOf(NoWritableNodeException.class);
			}
		}
	}

	@Test
	void aTransactionThatIsOpenWhenTheDrillBeginsCanCommit() throws Exception {
		try (Application application = Application.start(this.pair, "failover.drill.enabled=true")) {
			createTables(application);
			application.awaitReady();
			CompletableFuture<DrillReport> drill;
			try (Connection connection = application.dataSource().getConnection();
					Statement statement = connection.createStatement()) {
				connection.setAutoCommit(false);
				statement.execute("insert into entry (id) values (1)");
				drill = drill(application);
				statement.execute("insert into entry (id) values (2)");
				connection.commit();
			}
			assertThatExceptionOfType(NoWritableNodeException.class)
				.isThrownBy(() -> application.jdbc().update("insert into entry (id) values (3)"));
			drill.get(30, TimeUnit.SECONDS);
			application.jdbc().update("insert into entry (id) values (4)");
			assertThat(application.jdbc().queryForList("select id from entry order by id", Long.class))
				.containsExactly(1L, 2L, 4L);
		}
	}

	private static void createTables(Application application) {
		application.jdbc().execute("drop table if exists entry");
		application.jdbc().execute("drop table if exists other");
		application.jdbc().execute("create table other (at timestamptz default now())");
		ClientThreads.createTable(application.jdbc());
	}

	private static CompletableFuture<DrillReport> drill(Application application) {
		return application.failover().drill(DrillFault.READ_ONLY, Duration.ofSeconds(3), "alice");
	}

	/**
	 * Waits for the end of a drill while another client writes to the primary: a write
	 * that fails, fails the test.
	 */
	private DrillReport awaitWhileOthersWrite(Application application, CompletableFuture<DrillReport> drill)
			throws Exception {
		try (Connection connection = this.pair.primary().connect();
				Statement statement = connection.createStatement()) {
			application.await("the end of the drill", () -> {
				statement.execute("insert into other default values");
				return drill.isDone();
			});
		}
		return drill.get();
	}

	@Test
	void aDrillIsRefusedUnlessThePropertyAllowsIt() {
		try (Application application = Application.start(this.pair)) {
			application.awaitReady();
			assertThatExceptionOfType(OperationRefusedException.class)
				.isThrownBy(() -> application.failover().drill(DrillFault.REFUSE, Duration.ofSeconds(1), "alice"))
				.withMessageContaining("failover.drill.enabled=true");
		}
	}

}
