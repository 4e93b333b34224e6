package dev.failover.it.library;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.failover.it.library.LibraryConfiguration.EntryMapper;
import dev.failover.it.library.LibraryConfiguration.OrderPlaced;
import dev.failover.it.library.LibraryConfiguration.OwnTemplate;
import dev.failover.it.library.LibraryConfiguration.Stock;
import dev.failover.it.library.LibraryConfiguration.StockRepository;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
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
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ways in which libraries write, with the exceptions that arrive at their callers.
 */
enum LibraryWork {

	TEMPLATE("`JdbcTemplate` of Boot", Sql.ENTRY,
			(application, id) -> application.getBean(JdbcTemplate.class).update(Sql.INSERT, id)),

	OWN_TEMPLATE("`JdbcTemplate` that a bean creates", Sql.ENTRY,
			(application, id) -> application.getBean(OwnTemplate.class).jdbc().update(Sql.INSERT, id)),

	COPY("`CopyManager` of pgjdbc", Sql.ENTRY,
			(application, id) -> application.getBean(JdbcTemplate.class).execute(copy(id))),

	COPY_IN_TRANSACTION("`CopyManager` in a transaction", Sql.ENTRY,
			(application, id) -> inTransaction(application,
					() -> application.getBean(JdbcTemplate.class).execute(copy(id)))),

	MYBATIS("MyBatis", Sql.ENTRY, (application, id) -> application.getBean(EntryMapper.class).insert(id)),

	MYBATIS_IN_TRANSACTION("MyBatis in a transaction", Sql.ENTRY,
			(application, id) -> inTransaction(application, () -> application.getBean(EntryMapper.class).insert(id))),

	JOOQ("jOOQ", Sql.ENTRY, (application, id) -> application.getBean(DSLContext.class).execute(Sql.INSERT, id)),

	JOOQ_IN_TRANSACTION("jOOQ, `DSLContext.transaction()`", Sql.ENTRY,
			(application, id) -> application.getBean(DSLContext.class)
				.transaction((own) -> own.dsl().execute(Sql.INSERT, id))),

	JOOQ_IN_TRANSACTION_OF_SPRING("jOOQ in a transaction of Spring", Sql.ENTRY,
			(application, id) -> inTransaction(application,
					() -> application.getBean(DSLContext.class).execute(Sql.INSERT, id))),

	JOOQ_WITHOUT_SPRING("jOOQ without Boot's configuration, `transaction()`", Sql.ENTRY,
			(application, id) -> DSL.using(application.getBean(DataSource.class), SQLDialect.POSTGRES)
				.transaction((own) -> own.dsl().execute(Sql.INSERT, id))),

	DATA_JDBC("Spring Data JDBC", "select count(*) from stock where item = 'item %d'",
			(application, id) -> application.getBean(StockRepository.class).save(new Stock(null, "item " + id))),

	SESSION("Spring Session", "select count(*) from spring_session where principal_name = 'user %d'",
			(application, id) -> save(application.getBean(JdbcIndexedSessionRepository.class), "user " + id)),

	LOCK("Spring Integration, `JdbcLockRegistry`", Sql.LOCK,
			(application, id) -> require(
					application.getBean(JdbcLockRegistry.class).obtain(lockKey(id)).tryLock(20, TimeUnit.SECONDS))),

	MESSAGE("Spring Integration, `JdbcMessageStore`", Sql.MESSAGE,
			(application, id) -> application.getBean(JdbcMessageStore.class)
				.addMessage(new GenericMessage<>("message", new NumberedHeaders(id)))),

	QUARTZ("Quartz, in a transaction", "select count(*) from qrtz_job_details where job_name = 'job %d'",
			(application, id) -> inTransaction(application,
					() -> addJob(application.getBean(Scheduler.class), "job " + id))),

	SHEDLOCK("ShedLock, with the beans of the application", "select count(*) from shedlock where name = 'lock %d'",
			(application,
					id) -> require(application.getBean(LockProvider.class)
						.lock(new LockConfiguration(Instant.now(), "lock " + id, Duration.ofMinutes(1), Duration.ZERO))
						.isPresent())),

	MODULITH("Modulith, publication of an event in a transaction", Sql.EVENT,
			(application, id) -> inTransaction(application, () -> application.publishEvent(new OrderPlaced(id)))),

	DB_SCHEDULER("db-scheduler, `scheduleIfNotExists()`", Sql.TASK, (application, id) -> schedule(application, id)),

	DB_SCHEDULER_IN_TRANSACTION("db-scheduler, `scheduleIfNotExists()` in a transaction", Sql.TASK,
			(application, id) -> inTransaction(application, () -> schedule(application, id))),

	JPA_REPOSITORY("JPA, repository of Spring Data", Sql.ITEM,
			(application, id) -> application.getBean(ItemRepository.class).save(new Item(id))),

	JPA_IN_TRANSACTION("JPA, `EntityManager` in a transaction", Sql.ITEM,
			(application, id) -> inTransaction(application,
					() -> application.getBean(EntityManager.class).persist(new Item(id)))),

	JPA_FLUSH_IN_TRANSACTION("JPA, `EntityManager.flush()` in a transaction", Sql.ITEM, (application, id) -> {
		inTransaction(application, () -> {
			application.getBean(EntityManager.class).persist(new Item(id));
			application.getBean(EntityManager.class).flush();
		});
	}),

	JPA_OWN_TRANSACTION("JPA, `EntityTransaction`", Sql.ITEM, (application, id) -> {
		try (EntityManager own = application.getBean(EntityManagerFactory.class).createEntityManager()) {
			own.getTransaction().begin();
			own.persist(new Item(id));
			own.getTransaction().commit();
		}
	}),

	JDBC_IN_TRANSACTION_OF_JPA("`JdbcTemplate` in a transaction of JPA", Sql.ENTRY, (application,
			id) -> inTransaction(application, () -> application.getBean(JdbcTemplate.class).update(Sql.INSERT, id)));

	private final String title;

	private final String rows;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Call call;

	/**
	 * Creates a way to write.
	 * @param title name in the table of {@code docs/retry.md}
	 * @param rows query that counts the rows that a call has written, by its number
	 * @param call writes something
	 */
	LibraryWork(String title, String rows, Call call) {
		this.title = title;
		this.rows = rows;
		this.call = call;
	}

	String title() {
		return this.title;
	}

	/**
	 * Returns the application that uses the library in this way.
	 */
	LibraryApplication application() {
		return (compareTo(JPA_REPOSITORY) < 0) ? LibraryApplication.JDBC : LibraryApplication.JPA;
	}

	/**
	 * Returns whether the table lists the exceptions. Those of db-scheduler outside of
	 * transactions depend on what it finds when it looks for the task after an error.
	 */
	boolean isListed() {
		return this != DB_SCHEDULER;
	}

	/**
	 * Returns how often a call has been stored on a server.
	 */
	int stored(JdbcOperations server, long id) {
		Integer stored = server.queryForObject(this.rows.formatted(id), Integer.class);
		return (stored != null) ? stored : 0;
	}

	/**
	 * Writes something.
	 * @param id number of the call, to make it unique
	 */
	void run(ApplicationContext application, long id) throws Exception {
		this.call.run(application, id);
	}

	/**
	 * Fails if the lock or task exists already, which the number of the call excludes.
	 */
	private static void require(boolean created) {
		if (!created) {
			throw new IllegalStateException("It exists already");
		}
	}

	private static String lockKey(long id) {
		return new UUID(0, id).toString();
	}

	private static void schedule(ApplicationContext application, long id) {
		require(application.getBean(SchedulerClient.class)
			.scheduleIfNotExists(LibraryConfiguration.TASK.instance("task " + id),
					Instant.now().plus(Duration.ofDays(1))));
	}

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

	private static <S extends Session> void save(SessionRepository<S> sessions, String user) {
		S session = sessions.createSession();
		session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, user);
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
	 * Write through a library.
	 */
	@FunctionalInterface
	private interface Call {

		void run(ApplicationContext application, long id) throws Exception;

	}

	/**
	 * Job that is never run.
	 */
	static final class NoJob implements Job {

		@Override
		public void execute(JobExecutionContext context) {
		}

	}

	/**
	 * Headers of a message whose id is the number of the call.
	 */
	static final class NumberedHeaders extends MessageHeaders {

		private static final long serialVersionUID = 1L;

		NumberedHeaders(long id) {
			super(null, new UUID(0, id), null);
		}

	}

	/**
	 * Statements that write, and queries that count the rows of a call.
	 */
	private static final class Sql {

		static final String INSERT = "insert into entry (id) values (?)";

		static final String ENTRY = "select count(*) from entry where id = %d";

		static final String ITEM = "select count(*) from item where id = %d";

		static final String LOCK = "select count(*) from int_lock "
				+ "where lock_key = '00000000-0000-0000-0000-' || lpad(to_hex(%d), 12, '0')";

		static final String MESSAGE = "select count(*) from int_message "
				+ "where message_id = '00000000-0000-0000-0000-' || lpad(to_hex(%d), 12, '0')";

		static final String EVENT = "select count(*) from event_publication where serialized_event = '{\"id\":%d}'";

		static final String TASK = "select count(*) from scheduled_tasks where task_instance = 'task %d'";

	}

}
