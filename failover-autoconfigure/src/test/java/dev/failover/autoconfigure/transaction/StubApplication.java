package dev.failover.autoconfigure.transaction;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.failover.autoconfigure.FailoverAutoConfiguration;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs auto-configured applications on two stub servers.
 */
final class StubApplication implements AfterEachCallback {

	final StubServer primary = new StubServer();

	final StubServer mirror = new StubServer();

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
					TransactionManagerCustomizationAutoConfiguration.class, TransactionAutoConfiguration.class))
			.withBean(StubDialect.class)
			.withPropertyValues("spring.datasource.url=" + this.primary.url(),
					"spring.datasource.driver-class-name=" + StubDriver.class.getName(),
					"spring.datasource.hikari.maximum-pool-size=2", "failover.mirror.url=" + this.mirror.url(),
					"failover.topology=multi-writer");
	}

	void run(Consumer<AssertableApplicationContext> test) {
		run(UnaryOperator.identity(), test);
	}

	/**
	 * Runs an application with additional beans or properties.
	 */
	void run(UnaryOperator<ApplicationContextRunner> own, Consumer<AssertableApplicationContext> test) {
		own.apply(runner()).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	static TransactionTemplate transaction(AssertableApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.primary.close();
		this.mirror.close();
	}

}
