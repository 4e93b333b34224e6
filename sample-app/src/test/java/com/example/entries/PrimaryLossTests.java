package com.example.entries;

import java.time.Duration;

import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The test that {@code docs/embedded.md} shows.
 */
@Tag("long")
@SpringBootTest(properties = { "failover.embedded.synchronous=true", "failover.embedded.promote-after=2s" })
@DirtiesContext
class PrimaryLossTests {

	@Autowired
	private EmbeddedPair pair;

	@Autowired
	private JdbcClient jdbcClient;

	@Test
	void writesContinueAfterTheLossOfThePrimary() {
		this.jdbcClient.sql("CREATE TABLE entry (name text)").update();
		this.jdbcClient.sql("INSERT INTO entry VALUES ('before')").update();
		this.pair.primary().kill();
		await().atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.untilAsserted(() -> this.jdbcClient.sql("INSERT INTO entry VALUES ('after')").update());
		assertThat(this.jdbcClient.sql("SELECT name FROM entry").query(String.class).list()).contains("before",
				"after");
	}

}
