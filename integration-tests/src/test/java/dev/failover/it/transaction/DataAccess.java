package dev.failover.it.transaction;

import jakarta.persistence.EntityManager;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.resilience.annotation.EnableResilientMethods;

/**
 * Ways in which an application accesses its data inside a transaction.
 */
enum DataAccess {

	JDBC(JdbcConfiguration.class) {

		@Override
		void insert(ApplicationContext application, long id) {
			application.getBean(JdbcTemplate.class).update("insert into entry (id) values (?)", id);
		}

		@Override
		void sleep(ApplicationContext application) {
			application.getBean(JdbcTemplate.class).execute("select pg_sleep(60)");
		}

	},

	JPA(JpaConfiguration.class) {

		@Override
		void insert(ApplicationContext application, long id) {
			application.getBean(EntryRepository.class).saveAndFlush(new Entry(id));
		}

		@Override
		void sleep(ApplicationContext application) {
			application.getBean(EntityManager.class).createNativeQuery("select 1 from pg_sleep(60)").getResultList();
		}

	};

	private final Class<?> configuration;

	DataAccess(Class<?> configuration) {
		this.configuration = configuration;
	}

	/**
	 * Returns the configuration of an application that accesses its data in this way.
	 */
	Class<?> configuration() {
		return this.configuration;
	}

	abstract void insert(ApplicationContext application, long id);

	/**
	 * Executes a statement that takes a minute.
	 */
	abstract void sleep(ApplicationContext application);

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
	@EnableResilientMethods
	@Import(RetryingService.class)
	static class JdbcConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableResilientMethods
	@Import(RetryingService.class)
	static class JpaConfiguration {

	}

}
