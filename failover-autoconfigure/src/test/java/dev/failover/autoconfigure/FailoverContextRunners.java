package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Node;
import dev.failover.internal.engine.FailoverRuntime;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Context runners for a primary and a mirror that are both down: no server listens on the
 * ports of their URLs.
 */
final class FailoverContextRunners {

	private FailoverContextRunners() {
	}

	static ApplicationContextRunner withoutMirror() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/orders",
					"spring.datasource.username=app", "spring.datasource.password=s3cret",
					"spring.datasource.hikari.connection-timeout=300");
	}

	static ApplicationContextRunner withMirror() {
		return withoutMirror().withPropertyValues("failover.mirror.url=jdbc:postgresql://127.0.0.1:2/orders");
	}

	/**
	 * Returns the pool of a node, which is no bean.
	 */
	static HikariDataSource pool(BeanFactory beans, String node) {
		return beans.getBean(FailoverRuntime.class).hikari(new Node(node));
	}

}
