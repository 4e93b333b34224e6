package dev.failover.autoconfigure.transaction;

import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.failover.Route;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.internal.routing.SerializableReads;
import dev.failover.internal.transaction.ErrorCodeTranslation;
import dev.failover.internal.transaction.FailoverExceptionTranslator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.util.function.SingletonSupplier;

/**
 * Configuration of the exceptions that the application receives when its node is lost:
 * defines an exception translator for {@code JdbcTemplate}, unless the application has
 * one, adds the translation to the templates and translators of libraries, and the
 * detection of lost commits to all transaction managers.
 */
@Configuration(proxyBeanMethods = false)
public final class FailoverTransactionConfiguration {

	@Bean
	@ConditionalOnMissingBean(SQLExceptionTranslator.class)
	FailoverExceptionTranslator failoverExceptionTranslator(ObjectProvider<DataSource> dataSources) {
		return new FailoverExceptionTranslator(SingletonSupplier.of(() -> defaultTranslator(dataSources)));
	}

	/**
	 * Returns the default translator of {@code JdbcTemplate}, which respects the
	 * application's {@code sql-error-codes.xml}. Called on the first error only, as the
	 * translator may open a connection.
	 */
	private static SQLExceptionTranslator defaultTranslator(ObjectProvider<DataSource> dataSources) {
		DataSource dataSource = dataSources.getIfUnique();
		return (dataSource != null) ? new JdbcTemplate(dataSource).getExceptionTranslator()
				: new SQLExceptionSubclassTranslator();
	}

	@Bean
	static JdbcTemplatePostProcessor failoverJdbcTemplatePostProcessor() {
		return new JdbcTemplatePostProcessor();
	}

	@Bean
	static SmartInitializingSingleton failoverErrorCodeTranslation(ObjectProvider<FailoverRuntime> runtime) {
		return () -> runtime.getObject().dialect().productNames().forEach(ErrorCodeTranslation::register);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static SerializableReads failoverSerializableReads() {
		return new SerializableReads();
	}

	@Bean
	static TransactionManagerPostProcessor failoverTransactionManagerPostProcessor(
			ObjectProvider<FailoverRuntime> runtime, SerializableReads serializableReads) {
		return new TransactionManagerPostProcessor(route(runtime), serializableReads);
	}

	/**
	 * Returns a supplier of the route that looks up the bean when it is called, because
	 * post-processors are created before all other beans.
	 */
	private static Supplier<Route> route(ObjectProvider<FailoverRuntime> runtime) {
		return () -> runtime.getObject().route();
	}

}
