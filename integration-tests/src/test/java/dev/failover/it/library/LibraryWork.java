package dev.failover.it.library;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.failover.it.library.LibraryConfiguration.EntryMapper;
import dev.failover.it.library.LibraryConfiguration.OwnTemplate;
import dev.failover.it.library.LibraryConfiguration.Stock;
import dev.failover.it.library.LibraryConfiguration.StockRepository;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

import org.springframework.context.ApplicationContext;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.jdbc.store.JdbcMessageStore;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ways in which libraries write, with the exceptions that arrive at their callers.
 */
enum LibraryWork {

	TEMPLATE("`JdbcTemplate` of Boot") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(JdbcTemplate.class).update(INSERT, id);
		}

	},

	OWN_TEMPLATE("`JdbcTemplate` that a bean creates") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(OwnTemplate.class).jdbc().update(INSERT, id);
		}

	},

	COPY("`CopyManager` of pgjdbc") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(JdbcTemplate.class).execute(copy(id));
		}

	},

	COPY_IN_TRANSACTION("`CopyManager` in a transaction") {

		@Override
		void run(ApplicationContext application, long id) {
			inTransaction(application, () -> application.getBean(JdbcTemplate.class).execute(copy(id)));
		}

	},

	MYBATIS("MyBatis") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(EntryMapper.class).insert(id);
		}

	},

	MYBATIS_IN_TRANSACTION("MyBatis in a transaction") {

		@Override
		void run(ApplicationContext application, long id) {
			inTransaction(application, () -> application.getBean(EntryMapper.class).insert(id));
		}

	},

	JOOQ("jOOQ") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(DSLContext.class).execute(INSERT, id);
		}

	},

	JOOQ_IN_TRANSACTION("jOOQ, `DSLContext.transaction()`") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(DSLContext.class).transaction((own) -> own.dsl().execute(INSERT, id));
		}

	},

	JOOQ_WITHOUT_SPRING("jOOQ without Boot's configuration, `transaction()`") {

		@Override
		void run(ApplicationContext application, long id) {
			DSL.using(application.getBean(DataSource.class), SQLDialect.POSTGRES)
				.transaction((own) -> own.dsl().execute(INSERT, id));
		}

	},

	DATA_JDBC("Spring Data JDBC") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(StockRepository.class).save(new Stock(null, "item " + id));
		}

	},

	SESSION("Spring Session") {

		@Override
		void run(ApplicationContext application, long id) {
			save(application.getBean(JdbcIndexedSessionRepository.class));
		}

	},

	LOCK("Spring Integration, `JdbcLockRegistry`") {

		@Override
		void run(ApplicationContext application, long id) throws Exception {
			application.getBean(JdbcLockRegistry.class).obtain("lock " + id).tryLock(2, TimeUnit.SECONDS);
		}

	},

	MESSAGE("Spring Integration, `JdbcMessageStore`") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(JdbcMessageStore.class).addMessage(MessageBuilder.withPayload("message " + id).build());
		}

	},

	QUARTZ("Quartz, in a transaction") {

		@Override
		void run(ApplicationContext application, long id) {
			inTransaction(application, () -> addJob(application.getBean(Scheduler.class), "job " + id));
		}

	},

	SHEDLOCK("ShedLock, with the beans of the application") {

		@Override
		void run(ApplicationContext application, long id) {
			application.getBean(LockProvider.class)
				.lock(new LockConfiguration(Instant.now(), "lock " + id, Duration.ofMinutes(1), Duration.ZERO));
		}

	};

	private static final String INSERT = "insert into entry (id) values (?)";

	private final String title;

	LibraryWork(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	/**
	 * Writes something.
	 * @param id number of the call, to make it unique
	 */
	abstract void run(ApplicationContext application, long id) throws Exception;

	private static void inTransaction(ApplicationContext application, Runnable work) {
		new TransactionTemplate(application.getBean(PlatformTransactionManager.class))
			.executeWithoutResult((status) -> work.run());
	}

	private static ConnectionCallback<Long> copy(long id) {
		return (connection) -> {
			try {
				return connection.unwrap(PGConnection.class)
					.getCopyAPI()
					.copyIn("copy entry from stdin", new StringReader(id + "\n"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		};
	}

	private static <S extends Session> void save(SessionRepository<S> sessions) {
		S session = sessions.createSession();
		session.setAttribute("name", "value");
		sessions.save(session);
	}

	private static void addJob(Scheduler scheduler, String name) {
		try {
			scheduler.addJob(JobBuilder.newJob(NoJob.class).withIdentity(name).storeDurably().build(), false);
		}
		catch (SchedulerException ex) {
			throw new CompletionException(ex);
		}
	}

	/**
	 * Job that is never run.
	 */
	static final class NoJob implements Job {

		@Override
		public void execute(JobExecutionContext context) {
		}

	}

}
