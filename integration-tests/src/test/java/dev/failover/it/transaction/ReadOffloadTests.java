package dev.failover.it.transaction;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the node that read-only work of JPA and Spring Data uses when reads go to the
 * mirror.
 */
class ReadOffloadTests {

	@Test
	void readOnlyWorkUsesTheMirrorUnlessItLagsAndOtherWorkThePrimary() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.startWith(DataAccess.JpaConfiguration.class, pair,
						"failover.reads.target=mirror")) {
			application.jdbc().execute("create table entry (id bigint primary key)");
			EntryRepository entries = application.bean(EntryRepository.class);
			application.await("reads on the mirror", entries::inRecovery);
			assertThat(inRecovery(application, true)).isTrue();
			assertThat(inRecovery(application, false)).isFalse();
			entries.save(new Entry(1));
			application.await("the mirror has it", () -> entries.findById(1L).isPresent());
			assertThat(entries.inRecovery()).isTrue();
			ServerSql.pauseReplay(pair.mirror());
			entries.save(new Entry(2));
			application.await("reads on the primary", () -> !entries.inRecovery());
			assertThat(entries.count()).isEqualTo(2);
			ServerSql.resumeReplay(pair.mirror());
			application.await("reads on the mirror again", entries::inRecovery);
		}
	}

	private static boolean inRecovery(Application application, boolean readOnly) {
		EntityManager entities = application.bean(EntityManager.class);
		return Boolean.TRUE.equals(application.transactions(readOnly)
			.execute((status) -> entities.createNativeQuery("select pg_is_in_recovery()", Boolean.class)
				.getSingleResult()));
	}

}
