package dev.failover.it.transaction;

import jakarta.persistence.EntityManager;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The ways in which an application writes and waits inside a transaction.
 */
enum Rows {

	JDBC {

		@Override
		void insert(ApplicationContext application, long id) {
			application.getBean(JdbcTemplate.class).update("insert into entry (id) values (?)", id);
		}

		@Override
		void waitLong(ApplicationContext application) {
			application.getBean(JdbcTemplate.class).execute("select pg_sleep(60)");
		}

	},

	JPA {

		@Override
		void insert(ApplicationContext application, long id) {
			application.getBean(Entries.class).saveAndFlush(new Entry(id));
		}

		@Override
		void waitLong(ApplicationContext application) {
			application.getBean(EntityManager.class).createNativeQuery("select 1 from pg_sleep(60)").getResultList();
		}

	};

	abstract void insert(ApplicationContext application, long id);

	abstract void waitLong(ApplicationContext application);

	/**
	 * The configuration of an application that works in this way.
	 */
	Class<?> beans() {
		return (this == JPA) ? WithJpa.class : WithoutJpa.class;
	}

}
