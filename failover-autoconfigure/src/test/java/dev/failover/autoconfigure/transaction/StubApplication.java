package dev.failover.autoconfigure.transaction;

import dev.failover.autoconfigure.FailoverAutoConfiguration;
import dev.failover.stub.StubDialect;
import dev.failover.stub.StubDriver;
import dev.failover.stub.StubServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;

/**
 * An application on two stub servers, wired as Boot does.
 */
final class StubApplication implements AutoCloseable {

	final StubServer primary = new StubServer();

	final StubServer mirror = new StubServer();

	ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class,
					FailoverTransactionAutoConfiguration.class, DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
					TransactionManagerCustomizationAutoConfiguration.class, TransactionAutoConfiguration.class))
			.withBean(StubDialect.class)
			.withPropertyValues("spring.datasource.url=" + this.primary.url(),
					"spring.datasource.driver-class-name=" + StubDriver.class.getName(),
					"spring.datasource.hikari.maximum-pool-size=2", "failover.mirror.url=" + this.mirror.url(),
					"failover.topology=multi-writer");
	}

	@Override
	public void close() {
		this.primary.close();
		this.mirror.close();
	}

}
