package dev.failover.it.transaction;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.Replay;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where read-only work of JPA and of Spring Data goes when reads are offloaded.
 */
class ReadOffloadTests {

	@Test
	void readOnlyWorkGoesToTheMirrorAnyOtherToThePrimaryAndAllOfItThereWhenTheMirrorLags() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.startWith(WithJpa.class, pair, "failover.reads.target=mirror")) {
			application.jdbc().execute("create table entry (id bigint primary key)");
			Entries entries = application.bean(Entries.class);
			application.await("reads on the mirror", entries::inRecovery);
			assertThat(inRecovery(application, true)).isTrue();
			assertThat(inRecovery(application, false)).isFalse();
			entries.save(new Entry(1));
			application.await("the mirror has it", () -> entries.findById(1L).isPresent());
			assertThat(entries.inRecovery()).isTrue();
			Replay.pause(pair);
			entries.save(new Entry(2));
			application.await("reads on the primary", () -> !entries.inRecovery());
			assertThat(entries.count()).isEqualTo(2);
			Replay.resume(pair);
			application.await("reads on the mirror again", entries::inRecovery);
		}
	}

	private static boolean inRecovery(Application application, boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		EntityManager entities = application.bean(EntityManager.class);
		return Boolean.TRUE.equals(transaction.execute(
				(status) -> entities.createNativeQuery("select pg_is_in_recovery()", Boolean.class).getSingleResult()));
	}

}
