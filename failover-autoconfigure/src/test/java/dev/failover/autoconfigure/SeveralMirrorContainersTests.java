package dev.failover.autoconfigure;

import dev.failover.Failover;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a primary that is a service connection, and several mirrors in properties, as
 * {@code docs/containers.md} describes it.
 */
@DirtiesContext
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = "spring.datasource.hikari.connection-timeout=300")
final class SeveralMirrorContainersTests {

	@ServiceConnection
	static final StubContainer PRIMARY = new StubContainer(1);

	static final StubContainer EAST = new StubContainer(2);

	static final StubContainer WEST = new StubContainer(3);

	@DynamicPropertySource
	static void mirrors(DynamicPropertyRegistry registry) {
		registry.add("failover.mirrors.east.url", EAST::getJdbcUrl);
		registry.add("failover.mirrors.west.url", WEST::getJdbcUrl);
	}

	@Test
	void mirrorsInPropertiesHaveTheCredentialsOfTheContainerOfThePrimary(@Autowired Failover failover,
			@Autowired BeanFactory beans) {
		assertThat(failover.state().nodes()).extracting((status) -> status.node().name())
			.containsExactlyInAnyOrder("primary", "east", "west");
		assertThat(FailoverContextRunners.pool(beans, "west")).extracting("jdbcUrl", "username")
			.containsExactly(WEST.getJdbcUrl(), PRIMARY.getUsername());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class })
	static class Application {

	}

}
