package dev.failover.embedded.test;

import java.time.Duration;

import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AutoConfigureFailover} with {@link JdbcTest}, which
 * {@code docs/embedded.md} shows.
 */
@JdbcTest(properties = "failover.embedded.synchronous=true")
@AutoConfigureFailover
@DirtiesContext
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class JdbcSliceTests {

	@Test
	void writesContinueAfterTheLossOfThePrimary(@Autowired EmbeddedPair pair, @Autowired JdbcClient jdbcClient) {
		jdbcClient.sql("CREATE TABLE entry (name text)").update();
		jdbcClient.sql("INSERT INTO entry VALUES ('before')").update();
		pair.primary().kill();
		pair.mirror().promote();
		await().atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.untilAsserted(() -> jdbcClient.sql("INSERT INTO entry VALUES ('after')").update());
		assertThat(jdbcClient.sql("SELECT name FROM entry").query(String.class).list()).contains("before", "after");
	}

	@SpringBootApplication
	static class Application {

	}

}
