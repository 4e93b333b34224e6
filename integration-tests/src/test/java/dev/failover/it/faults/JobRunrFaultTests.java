package dev.failover.it.faults;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import org.awaitility.Awaitility;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.storage.StorageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of JobRunr with its starter: jobs are enqueued all the time, and none that was
 * accepted is lost.
 */
class JobRunrFaultTests {

	/** A job whose end could not be stored runs again when JobRunr misses it. */
	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	@ParameterizedTest
	@EnumSource
	void eachJobThatWasAcceptedRunsAndTheServerGoesOn(LibraryFault fault) throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start()) {
			ServerSql.execute(pair.primary(), "create table run (id bigint not null)",
					"grant all on table run to public");
			try (Application application = Application.startWith(JobRunrConfiguration.class, pair,
					"jobrunr.database.type=sql", "jobrunr.job-scheduler.enabled=true",
					"jobrunr.background-job-server.enabled=true",
					"jobrunr.background-job-server.poll-interval-in-seconds=5",
					"jobrunr.background-job-server.worker-count=4");
					Producer producer = new Producer(application.bean(JobRequestScheduler.class))) {
				application.awaitReady();
				application.await("the first run", () -> !runs(application).isEmpty());
				fault.cause(pair, application);
				application.awaitMode(Mode.FAILED_OVER);
				long after = producer.last();
				application.await("a job accepted afterwards",
						() -> producer.accepted().stream().anyMatch((id) -> id > after));
				producer.stop();
				Awaitility.await("all accepted jobs")
					.atMost(TIMEOUT)
					.until(() -> runs(application).containsAll(producer.accepted()));
				assertThat(application.bean(BackgroundJobServer.class).isRunning()).isTrue();
			}
		}
	}

	private static Set<Long> runs(Application application) {
		return new HashSet<>(application.jdbc().queryForList("select id from run", Long.class));
	}

	/**
	 * Thread that enqueues a job every few milliseconds.
	 */
	private static final class Producer implements AutoCloseable {

		private final Set<Long> accepted = ConcurrentHashMap.newKeySet();

		private final AtomicLong last = new AtomicLong();

		private final AtomicBoolean closed = new AtomicBoolean();

		private final JobRequestScheduler scheduler;

		private final Thread thread;

		Producer(JobRequestScheduler scheduler) {
			this.scheduler = scheduler;
			this.thread = new Thread(this::run, "producer");
			this.thread.start();
		}

		Set<Long> accepted() {
			return this.accepted;
		}

		long last() {
			return this.last.get();
		}

		private void run() {
			while (!this.closed.get()) {
				long id = this.last.incrementAndGet();
				try {
					this.scheduler.enqueue(new RunRequest(id));
					this.accepted.add(id);
				}
				catch (StorageException ex) {
					// not accepted, or unknown
				}
				LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
			}
		}

		void stop() throws InterruptedException {
			this.closed.set(true);
			this.thread.join();
		}

		@Override
		public void close() {
			this.closed.set(true);
		}

	}

	/**
	 * Request to store an id.
	 *
	 * @param id the id
	 */
	public record RunRequest(long id) implements JobRequest {

		@Override
		public Class<RunHandler> getJobRequestHandler() {
			return RunHandler.class;
		}

	}

	/**
	 * Job that stores the id of its request.
	 */
	public static class RunHandler implements JobRequestHandler<RunRequest> {

		private final JdbcTemplate jdbc;

		RunHandler(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Override
		public void run(RunRequest request) {
			this.jdbc.update("insert into run (id) values (?)", request.id());
		}

	}

	/**
	 * Application with JobRunr's starter.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
	static class JobRunrConfiguration {

		@Bean
		RunHandler runHandler(JdbcTemplate jdbc) {
			return new RunHandler(jdbc);
		}

	}

}
