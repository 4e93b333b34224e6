package dev.failover.it.faults;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.it.library.LibraryApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.scheduling.quartz.QuartzJobBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of schedulers that keep their jobs in the database: their own threads go on.
 */
class SchedulerFaultTests {

	private static final String LAST = "select coalesce(max(id), 0) from entry";

	/**
	 * db-scheduler lets errors end a task of its threads.
	 */
	@BeforeAll
	static void tolerateErrorsOfOtherThreads() {
		Awaitility.doNotCatchUncaughtExceptionsByDefault();
	}

	@AfterAll
	static void reset() {
		Awaitility.reset();
	}

	@ParameterizedTest
	@EnumSource
	void quartzRunsItsJobsAfterwardsAndStoresEachFiringOnce(LibraryFault fault) throws Exception {
		try (EmbeddedPair pair = startPair();
				Application application = LibraryApplication.JDBC.start(pair, "spring.quartz.auto-startup=true",
						"spring.quartz.properties.org.quartz.scheduler.dbFailureRetryInterval=500")) {
			application.bean(org.quartz.Scheduler.class)
				.scheduleJob(JobBuilder.newJob(InsertJob.class).withIdentity("insert").build(), TriggerBuilder
					.newTrigger()
					.withSchedule(
							SimpleScheduleBuilder.simpleSchedule().withIntervalInMilliseconds(100).repeatForever())
					.build());
			survive(fault, pair, application);
			assertThat(ServerSql.queryForList(pair.mirror(), "select trigger_state from qrtz_triggers", String.class))
				.isSubsetOf("WAITING", "ACQUIRED", "BLOCKED");
		}
	}

	@ParameterizedTest
	@EnumSource
	void dbSchedulerRunsItsTasksAfterwards(LibraryFault fault) throws Exception {
		try (EmbeddedPair pair = startPair(); Application application = LibraryApplication.JDBC.start(pair)) {
			RecurringTask<Void> task = Tasks.recurring("recurring", Schedules.fixedDelay(Duration.ofMillis(100)))
				.execute((instance, context) -> insert(application.jdbc(), System.currentTimeMillis()));
			DataSource dataSource = new TransactionAwareDataSourceProxy(application.dataSource());
			Scheduler scheduler = Scheduler.create(dataSource)
				.startTasks(List.of(task))
				.threads(2)
				.pollingInterval(Duration.ofMillis(100))
				.heartbeatInterval(Duration.ofSeconds(1))
				.missedHeartbeatsLimit(4)
				.build();
			scheduler.start();
			try {
				survive(fault, pair, application);
			}
			finally {
				scheduler.stop();
			}
		}
	}

	private static void survive(LibraryFault fault, EmbeddedPair pair, Application application) throws Exception {
		application.await("the first run", () -> ServerSql.query(pair.primary(), LAST, Long.class) > 0);
		fault.cause(pair, application);
		application.awaitMode(Mode.FAILED_OVER);
		long before = ServerSql.query(pair.mirror(), LAST, Long.class);
		application.await("a later run", () -> ServerSql.query(pair.mirror(), LAST, Long.class) > before);
		long again = ServerSql.query(pair.mirror(), LAST, Long.class);
		application.await("one more", () -> ServerSql.query(pair.mirror(), LAST, Long.class) > again);
	}

	private static EmbeddedPair startPair() throws Exception {
		EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
		LibraryApplication.createTables(pair);
		return pair;
	}

	private static void insert(JdbcTemplate jdbc, long id) {
		jdbc.update("insert into entry (id) values (?)", id);
	}

	/**
	 * Job that stores the time of its firing, which is unique.
	 */
	@DisallowConcurrentExecution
	static class InsertJob extends QuartzJobBean {

		private final JdbcTemplate jdbc;

		InsertJob(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Override
		protected void executeInternal(JobExecutionContext context) {
			insert(this.jdbc, context.getScheduledFireTime().getTime());
		}

	}

}
