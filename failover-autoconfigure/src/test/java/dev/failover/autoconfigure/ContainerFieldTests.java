package dev.failover.autoconfigure;

import dev.failover.Failover;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContainerMirrorConnectionDetailsFactory} with containers that are
 * fields of a test.
 */
@DirtiesContext
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = "spring.datasource.hikari.connection-timeout=300")
final class ContainerFieldTests {

	@ServiceConnection(type = MirrorConnectionDetails.class)
	static final StubContainer MIRROR = new StubContainer(2);

	@ServiceConnection
	static final StubContainer PRIMARY = new StubContainer(1);

	@Test
	void theMirrorIsNoPrimaryAlthoughItIsDeclaredFirst(@Autowired JdbcConnectionDetails primary,
			@Autowired MirrorConnectionDetails mirror, @Autowired Failover failover, @Autowired BeanFactory beans) {
		assertThat(primary.getJdbcUrl()).isEqualTo(PRIMARY.getJdbcUrl());
		assertThat(mirror.getJdbcUrl()).isEqualTo(MIRROR.getJdbcUrl());
		assertThat(failover.state().nodes()).extracting((status) -> status.node().name())
			.containsExactly("primary", "mirror");
		assertThat(FailoverContextRunners.pool(beans, "primary").getJdbcUrl()).isEqualTo(PRIMARY.getJdbcUrl());
		assertThat(FailoverContextRunners.pool(beans, "mirror").getJdbcUrl()).isEqualTo(MIRROR.getJdbcUrl());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class })
	static class Application {

	}

}
