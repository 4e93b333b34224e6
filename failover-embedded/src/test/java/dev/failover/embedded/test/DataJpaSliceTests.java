package dev.failover.embedded.test;

import dev.failover.embedded.EmbeddedPair;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureFailover} with {@link DataJpaTest}.
 */
@Tag("long")
@DataJpaTest(properties = { "failover.embedded.synchronous=true", "spring.jpa.hibernate.ddl-auto=create" })
@AutoConfigureFailover
@DirtiesContext
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class DataJpaSliceTests {

	@Test
	void repositoriesContinueAfterTheLossOfThePrimary(@Autowired EmbeddedPair pair, @Autowired Notes notes) {
		notes.save(new Note("before"));
		PrimaryLoss.survive(pair, () -> notes.save(new Note("after")));
		assertThat(notes.findAll()).extracting((note) -> note.text).contains("before", "after");
	}

	interface Notes extends ListCrudRepository<Note, Integer> {

	}

	@Entity
	static class Note {

		@Id
		@GeneratedValue
		private @Nullable Integer id;

		private String text = "";

		protected Note() {
		}

		Note(String text) {
			this.text = text;
		}

	}

	@SpringBootApplication
	@EntityScan(basePackageClasses = Note.class)
	@EnableJpaRepositories(considerNestedRepositories = true)
	static class Application {

	}

}
