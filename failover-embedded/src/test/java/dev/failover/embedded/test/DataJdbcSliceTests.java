package dev.failover.embedded.test;

import dev.failover.embedded.EmbeddedPair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.data.jdbc.test.autoconfigure.DataJdbcTest;
import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureFailover} with {@link DataJdbcTest}.
 */
@Tag("long")
@DataJdbcTest(properties = "failover.embedded.synchronous=true")
@AutoConfigureFailover
@DirtiesContext
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class DataJdbcSliceTests {

	@Test
	void repositoriesContinueAfterTheLossOfThePrimary(@Autowired EmbeddedPair pair, @Autowired JdbcClient jdbcClient,
			@Autowired Entries entries) {
		jdbcClient.sql("CREATE TABLE entry (id serial PRIMARY KEY, name text)").update();
		entries.save(new Entry(null, "before"));
		PrimaryLoss.survive(pair, () -> entries.save(new Entry(null, "after")));
		assertThat(entries.findAll()).extracting(Entry::name).contains("before", "after");
	}

	interface Entries extends ListCrudRepository<Entry, Integer> {

	}

	/** Annotated, because Spring Data JPA is there, too. */
	@Table("entry")
	record Entry(@Id @Nullable Integer id, String name) {

	}

	@SpringBootApplication
	@EnableJdbcRepositories(considerNestedRepositories = true)
	static class Application {

	}

}
