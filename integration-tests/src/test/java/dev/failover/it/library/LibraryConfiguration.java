package dev.failover.it.library;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.springframework.modulith.events.ApplicationModuleListener;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.CrudRepository;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.jdbc.store.JdbcMessageStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Application that accesses its database with all libraries.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
@EnableJdbcRepositories(considerNestedRepositories = true)
class LibraryConfiguration extends AbstractJdbcConfiguration {

	static final OneTimeTask<Void> TASK = Tasks.oneTime("task").execute((instance, context) -> {
	});

	@Bean
	OwnTemplate ownTemplate(DataSource dataSource) {
		return new OwnTemplate(dataSource);
	}

	/** As Spring Session's own configuration creates it. */
	@Bean
	JdbcIndexedSessionRepository sessionRepository(DataSource dataSource, PlatformTransactionManager manager) {
		TransactionTemplate transactions = new TransactionTemplate(manager);
		transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		JdbcIndexedSessionRepository repository = new JdbcIndexedSessionRepository(new JdbcTemplate(dataSource),
				transactions);
		repository.setCleanupCron(Scheduled.CRON_DISABLED);
		return repository;
	}

	@Bean
	DefaultLockRepository lockRepository(DataSource dataSource) {
		return new DefaultLockRepository(dataSource);
	}

	@Bean
	JdbcLockRegistry lockRegistry(DefaultLockRepository repository) {
		return new JdbcLockRegistry(repository);
	}

	@Bean
	JdbcMessageStore messageStore(DataSource dataSource) {
		return new JdbcMessageStore(dataSource);
	}

	@Bean
	JdbcTemplateLockProvider lockProvider(JdbcTemplate jdbc, PlatformTransactionManager manager) {
		return new JdbcTemplateLockProvider(jdbc, manager);
	}

	/** As the starter of db-scheduler creates it. */
	@Bean
	SchedulerClient schedulerClient(DataSource dataSource) {
		return SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource), TASK).build();
	}

	@Bean
	OrderListener orderListener() {
		return new OrderListener();
	}

	/**
	 * Data access object that creates its own template.
	 */
	static class OwnTemplate {

		private final JdbcTemplate jdbc;

		OwnTemplate(DataSource dataSource) {
			this.jdbc = new JdbcTemplate(dataSource);
		}

		JdbcTemplate jdbc() {
			return this.jdbc;
		}

	}

	/**
	 * Mapper of MyBatis.
	 */
	@Mapper
	interface EntryMapper {

		@Insert("insert into entry (id) values (#{id})")
		void insert(long id);

	}

	/**
	 * Repository of Spring Data JDBC.
	 */
	interface StockRepository extends CrudRepository<Stock, Long> {

	}

	/**
	 * Row of {@code StockRepository}, whose id the database generates.
	 *
	 * @param id the id, or null before it is stored
	 * @param item name of the item
	 */
	@Table("stock")
	record Stock(@Id Long id, String item) {

	}

	/**
	 * Event whose publication Modulith registers in the transaction that publishes it.
	 *
	 * @param id number of the order
	 */
	record OrderPlaced(long id) {

	}

	/**
	 * Listener of another module.
	 */
	static class OrderListener {

		@ApplicationModuleListener
		public void on(OrderPlaced event) {
		}

	}

}
