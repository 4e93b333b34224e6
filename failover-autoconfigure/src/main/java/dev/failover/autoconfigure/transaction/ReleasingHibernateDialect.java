package dev.failover.autoconfigure.transaction;

import java.sql.SQLException;

import jakarta.persistence.EntityManager;
import org.hibernate.ConnectionReleaseMode;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.resource.jdbc.spi.LogicalConnectionImplementor;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DelegatingTransactionDefinition;
import org.springframework.transaction.support.ResourceTransactionDefinition;

/**
 * {@link HibernateJpaDialect} for sessions that release their connection after each
 * transaction. Spring's own prepares the connection only if the session keeps it, and
 * else refuses transactions with an isolation of their own (Spring Framework 7.0.10). A
 * session that releases its connection after the transaction has the same one from here
 * to its end; the pool resets it when it is given back. Each transaction begins on a
 * connection of its own.
 */
final class ReleasingHibernateDialect extends HibernateJpaDialect {

	private static final long serialVersionUID = 1L;

	@Override
	public Object beginTransaction(EntityManager entityManager, TransactionDefinition definition) throws SQLException {
		LogicalConnectionImplementor connection = entityManager.unwrap(SessionImplementor.class)
			.getJdbcCoordinator()
			.getLogicalConnection();
		ConnectionReleaseMode release = connection.getConnectionHandlingMode().getReleaseMode();
		if (release != ConnectionReleaseMode.AFTER_TRANSACTION) {
			return super.beginTransaction(entityManager, definition);
		}
		if (connection.isPhysicallyConnected()) {
			// Hibernate keeps a connection whose rollback has failed
			connection.afterTransaction();
		}
		if (definition.isReadOnly() || hasIsolation(definition)) {
			DataSourceUtils.prepareConnectionForTransaction(connection.getPhysicalConnection(), definition);
		}
		return super.beginTransaction(entityManager, new Prepared(definition));
	}

	private static boolean hasIsolation(TransactionDefinition definition) {
		return definition.getIsolationLevel() != TransactionDefinition.ISOLATION_DEFAULT;
	}

	/**
	 * Definition of a transaction whose connection has its isolation already.
	 */
	private static final class Prepared extends DelegatingTransactionDefinition
			implements ResourceTransactionDefinition {

		private static final long serialVersionUID = 1L;

		private final boolean localResource;

		Prepared(TransactionDefinition definition) {
			super(definition);
			this.localResource = definition instanceof ResourceTransactionDefinition resource
					&& resource.isLocalResource();
		}

		@Override
		public int getIsolationLevel() {
			return ISOLATION_DEFAULT;
		}

		@Override
		public boolean isLocalResource() {
			return this.localResource;
		}

	}

}
