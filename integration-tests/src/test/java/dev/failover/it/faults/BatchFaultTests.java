package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.transaction.NodeLostException;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of a job of Spring Batch whose node is killed between two chunks.
 */
class BatchFaultTests {

	@Test
	void aJobThatWasInterruptedStoresItsFailureWhenANodeAcceptsWritesAndIsRestarted() throws Exception {
		try (EmbeddedPair pair = startPair();
				Application application = start(pair, "spring.datasource.hikari.connection-timeout=60000")) {
			JobOperator operator = application.bean(JobOperator.class);
			CompletableFuture<JobExecution> run = run(application, pair);
			application.await("a held write", () -> application.failover().requests().waiting() > 0);
			pair.mirror().promote();
			JobExecution execution = run.get(60, TimeUnit.SECONDS);
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(execution.getAllFailureExceptions()).hasAtLeastOneElementOfType(NodeLostException.class);
			assertThat(statuses(pair)).containsExactly("FAILED");
			assertThat(operator.restart(execution).getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(stored(pair)).containsExactly(1L, 2L, 3L, 4L);
		}
	}

	@Test
	void aJobWhoseFailureCouldNotBeStoredHasToBeRecoveredBeforeItIsRestarted() throws Exception {
		try (EmbeddedPair pair = startPair(); Application application = start(pair, "failover.read-only.mode=serve")) {
			JobOperator operator = application.bean(JobOperator.class);
			CompletableFuture<JobExecution> run = run(application, pair);
			run.handle((result, failure) -> "ended").get(60, TimeUnit.SECONDS);
			application.awaitMode(Mode.READ_ONLY);
			pair.mirror().promote();
			application.awaitMode(Mode.FAILED_OVER);
			assertThat(statuses(pair)).containsExactly("STARTED");
			JobExecution execution = application.bean(JobRepository.class)
				.getLastJobExecution("numbers", new JobParameters());
			assertThat(execution).isNotNull();
			assertThatException().isThrownBy(() -> operator.restart(execution));
			JobExecution recovered = operator.recover(execution);
			assertThat(operator.restart(recovered).getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(stored(pair)).containsExactly(1L, 2L, 3L, 4L);
		}
	}

	private static EmbeddedPair startPair() throws Exception {
		EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
		try (Connection connection = DriverManager.getConnection(pair.primary().jdbcUrl(), pair.username(),
				pair.password())) {
			new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"),
					new ClassPathResource("dev/failover/it/library/tables.sql"))
				.populate(connection);
		}
		return pair;
	}

	private static Application start(EmbeddedPair pair, String... properties) {
		Application application = Application.startWith(BatchConfiguration.class, pair, properties);
		application.awaitReady();
		return application;
	}

	/**
	 * Starts the job. The primary is killed when it has stored the first chunk.
	 */
	private static CompletableFuture<JobExecution> run(Application application, EmbeddedPair pair) {
		application.bean(Numbers.class).onThird(() -> pair.primary().kill());
		return CompletableFuture.supplyAsync(() -> {
			try {
				return application.bean(JobOperator.class).start(application.bean(Job.class), new JobParameters());
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private static List<String> statuses(EmbeddedPair pair) throws Exception {
		return ServerSql.queryForList(pair.mirror(), "select status from batch_job_execution", String.class);
	}

	private static List<Long> stored(EmbeddedPair pair) throws Exception {
		return ServerSql.queryForList(pair.mirror(), "select id from entry order by id", Long.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
	@EnableBatchProcessing
	@EnableJdbcJobRepository
	static class BatchConfiguration {

		@Bean
		Numbers numbers() {
			return new Numbers();
		}

		@Bean
		JdbcBatchItemWriter<Long> entries(DataSource dataSource) {
			return new JdbcBatchItemWriterBuilder<Long>().dataSource(dataSource)
				.sql("insert into entry (id) values (?)")
				.itemPreparedStatementSetter((id, statement) -> statement.setLong(1, id))
				.build();
		}

		@Bean
		Job job(JobRepository repository, PlatformTransactionManager manager, Numbers numbers,
				JdbcBatchItemWriter<Long> entries) {
			Step step = new StepBuilder("step", repository).<Long, Long>chunk(2)
				.transactionManager(manager)
				.reader(numbers)
				.writer(entries)
				.build();
			return new JobBuilder("numbers", repository).start(step).build();
		}

	}

	/**
	 * Reader of the numbers from 1 to 4 that runs an action before the third, once.
	 */
	static final class Numbers extends AbstractItemCountingItemStreamItemReader<Long> {

		private final AtomicReference<Runnable> beforeThird = new AtomicReference<>();

		private long last;

		Numbers() {
			setName("numbers");
		}

		void onThird(Runnable action) {
			this.beforeThird.set(action);
		}

		@Override
		protected Long doRead() {
			if (this.last == 2) {
				Runnable action = this.beforeThird.getAndSet(null);
				if (action != null) {
					action.run();
				}
			}
			return (this.last < 4) ? ++this.last : null;
		}

		@Override
		protected void doOpen() {
			this.last = 0;
		}

		@Override
		protected void doClose() {
		}

	}

}
