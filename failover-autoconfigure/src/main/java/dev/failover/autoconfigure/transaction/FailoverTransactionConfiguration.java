package dev.failover.autoconfigure.transaction;

import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.internal.transaction.FailoverExceptionTranslator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.util.function.SingletonSupplier;

/**
 * Configuration of what the application is told when a node is lost under its work: an
 * exception translator for {@code JdbcTemplate}, unless the application has one, and the
 * report of lost commits in every transaction manager.
 */
@Configuration(proxyBeanMethods = false)
public final class FailoverTransactionConfiguration {

	@Bean
	@ConditionalOnMissingBean(SQLExceptionTranslator.class)
	FailoverExceptionTranslator failoverExceptionTranslator(ObjectProvider<Failover> states,
			ObjectProvider<DataSource> dataSources) {
		return new FailoverExceptionTranslator(late(states), SingletonSupplier.of(() -> byDefault(dataSources)));
	}

	/**
	 * What {@code JdbcTemplate} takes by default: the application's
	 * {@code sql-error-codes.xml} is heard. Asked on the first error only, for it may
	 * connect.
	 */
	private static SQLExceptionTranslator byDefault(ObjectProvider<DataSource> dataSources) {
		DataSource dataSource = dataSources.getIfUnique();
		return (dataSource != null) ? new JdbcTemplate(dataSource).getExceptionTranslator()
				: new SQLExceptionSubclassTranslator();
	}

	@Bean
	static TransactionManagerPostProcessor failoverTransactionManagerPostProcessor(ObjectProvider<Failover> states) {
		return new TransactionManagerPostProcessor(late(states));
	}

	/**
	 * Post-processors come before all other beans: what they need is looked up late.
	 */
	static Supplier<FailoverState> late(ObjectProvider<Failover> states) {
		return () -> states.getObject().state();
	}

}
