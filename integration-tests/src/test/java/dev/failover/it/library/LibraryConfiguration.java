package dev.failover.it.library;

import java.util.Properties;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.session.SqlSessionFactory;
import org.mybatis.spring.SqlSessionFactoryBean;
import org.mybatis.spring.mapper.MapperFactoryBean;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;

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
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
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

	@Bean
	OwnTemplate ownTemplate(DataSource dataSource) {
		return new OwnTemplate(dataSource);
	}

	@Bean
	SqlSessionFactoryBean sqlSessionFactory(DataSource dataSource) {
		SqlSessionFactoryBean factory = new SqlSessionFactoryBean();
		factory.setDataSource(dataSource);
		return factory;
	}

	@Bean
	MapperFactoryBean<EntryMapper> entryMapper(SqlSessionFactory sessions) throws Exception {
		sessions.getConfiguration().addMapper(EntryMapper.class);
		MapperFactoryBean<EntryMapper> factory = new MapperFactoryBean<>(EntryMapper.class);
		factory.setSqlSessionFactory(sessions);
		return factory;
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
	SchedulerFactoryBean scheduler(DataSource dataSource, PlatformTransactionManager manager) {
		SchedulerFactoryBean factory = new SchedulerFactoryBean();
		factory.setDataSource(dataSource);
		factory.setTransactionManager(manager);
		factory.setAutoStartup(false);
		Properties properties = new Properties();
		properties.setProperty("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
		factory.setQuartzProperties(properties);
		return factory;
	}

	@Bean
	JdbcTemplateLockProvider lockProvider(JdbcTemplate jdbc, PlatformTransactionManager manager) {
		return new JdbcTemplateLockProvider(jdbc, manager);
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

}
