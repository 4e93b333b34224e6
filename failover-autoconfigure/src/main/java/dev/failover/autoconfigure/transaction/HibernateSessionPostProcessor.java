package dev.failover.autoconfigure.transaction;

import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import dev.failover.internal.routing.FailoverDataSource;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.resource.jdbc.spi.PhysicalConnectionHandlingMode;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.orm.jpa.JpaVendorAdapter;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;

/**
 * Makes Hibernate's sessions on the failover data source release their connection after
 * each transaction. With open session in view, a session outlives its transactions. If it
 * kept the connection of the first one, as Spring configures it, all later ones would
 * stay on that node: on a replica that only reads, or on one that was lost.
 * <p>
 * Changes nothing if the application has set a dialect or the handling of connections.
 */
final class HibernateSessionPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private static final String HOLD = PhysicalConnectionHandlingMode.DELAYED_ACQUISITION_AND_HOLD.name();

	private static final String RELEASE = PhysicalConnectionHandlingMode.DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION
		.name();

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof LocalContainerEntityManagerFactoryBean factory && isDefault(factory)
				&& isFailover(factory.getDataSource())) {
			factory.getJpaPropertyMap().put(JdbcSettings.CONNECTION_HANDLING, RELEASE);
			factory.setJpaDialect(new ReleasingHibernateDialect());
		}
		return bean;
	}

	/**
	 * Returns whether the handling of connections is the one that Spring sets.
	 */
	private static boolean isDefault(LocalContainerEntityManagerFactoryBean factory) {
		JpaVendorAdapter adapter = factory.getJpaVendorAdapter();
		if (adapter == null || factory.getJpaDialect() != null
				|| factory.getJpaPropertyMap().containsKey(JdbcSettings.CONNECTION_HANDLING)) {
			return false;
		}
		JpaDialect dialect = adapter.getJpaDialect();
		Map<String, ?> properties = adapter.getJpaPropertyMap();
		Object handling = properties.get(JdbcSettings.CONNECTION_HANDLING);
		return dialect != null && dialect.getClass() == HibernateJpaDialect.class && handling != null
				&& HOLD.equals(handling.toString());
	}

	private static boolean isFailover(@Nullable DataSource dataSource) {
		try {
			return dataSource != null && dataSource.isWrapperFor(FailoverDataSource.class);
		}
		catch (SQLException | RuntimeException ex) {
			return false;
		}
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
