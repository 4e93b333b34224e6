package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Failover;
import dev.failover.internal.engine.FailoverRuntime;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AbstractFailureAnalyzer} for an application that requires the pool of HikariCP
 * as a bean, of which there is one for each node.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PoolBeanFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final BeanFactory beans;

	PoolBeanFailureAnalyzer(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		if (!HikariDataSource.class.equals(cause.getBeanType()) || !isOn()) {
			return null;
		}
		return new FailureAnalysis(
				"The application requires a bean of type " + HikariDataSource.class.getName()
						+ ", but with failover each node has a pool, and the data source is none of them.",
				"Inject javax.sql.DataSource for connections, or " + Failover.class.getName()
						+ " for the state of the pools. To run without failover, set 'failover.enabled' to false.",
				rootFailure);
	}

	private boolean isOn() {
		return this.beans instanceof ListableBeanFactory factory
				&& factory.getBeanNamesForType(FailoverRuntime.class, true, false).length > 0;
	}

}
