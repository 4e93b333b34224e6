package dev.failover.it.transaction;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of requests whose session stays open over several transactions, as Boot
 * configures it for the web (open session in view).
 */
class OpenSessionTests {

	private final EmbeddedPair pair = EmbeddedPair.start();

	private Application application;

	private EntryRepository entries;

	private void start(String... properties) {
		this.application = Application.startWith(DataAccess.JpaConfiguration.class, this.pair, properties);
		this.application.jdbc().execute("create table entry (id bigint primary key)");
		this.application.awaitReady();
		this.entries = this.application.bean(EntryRepository.class);
	}

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
		this.pair.close();
	}

	@Test
	void aRequestThatHasReadOnTheMirrorWritesOnThePrimaryEachTransactionWithItsOwnIsolation() {
		start("failover.reads.target=mirror", "spring.datasource.hikari.maximum-pool-size=1");
		this.application.await("reads on the mirror", this.entries::inRecovery);
		request(() -> {
			assertThat(this.entries.inRecovery()).isTrue();
			this.entries.save(new Entry(1));
			assertThat(transaction(true, TransactionDefinition.ISOLATION_REPEATABLE_READ))
				.isEqualTo("true repeatable read on");
			assertThat(transaction(true, TransactionDefinition.ISOLATION_DEFAULT)).isEqualTo("true read committed on");
			assertThat(transaction(false, TransactionDefinition.ISOLATION_SERIALIZABLE))
				.isEqualTo("false serializable off");
			assertThat(transaction(false, TransactionDefinition.ISOLATION_DEFAULT))
				.isEqualTo("false read committed off");
		});
	}

	@Test
	void aRequestThatHasReadBeforeTheKillWritesInASecondAttempt() throws Exception {
		start();
		RetryingService service = this.application.bean(RetryingService.class);
		CompletableFuture<Void> request = CompletableFuture.runAsync(() -> request(() -> {
			assertThat(this.entries.count()).isZero();
			this.pair.primary().kill();
			service.run(() -> this.entries.saveAndFlush(new Entry(1)));
		}));
		this.application.await("a held write",
				() -> request.isDone() || this.application.failover().requests().waiting() == 1);
		this.pair.mirror().promote();
		request.get(60, TimeUnit.SECONDS);
		assertThat(service.attempts()).isLessThanOrEqualTo(2);
		assertThat(ServerSql.queryForList(this.pair.mirror(), "select id from entry", Long.class))
			.isEqualTo(List.of(1L));
	}

	/**
	 * Returns whether a transaction ran on a standby, its isolation, and whether it was
	 * read-only.
	 */
	private String transaction(boolean readOnly, int isolation) {
		TransactionTemplate template = new TransactionTemplate(this.application.bean(PlatformTransactionManager.class));
		template.setReadOnly(readOnly);
		template.setIsolationLevel(isolation);
		EntityManager entities = this.application.bean(EntityManager.class);
		return String.valueOf(template.<Object>execute((status) -> entities
			.createNativeQuery("select pg_is_in_recovery() || ' ' || current_setting('transaction_isolation') || ' ' "
					+ "|| current_setting('transaction_read_only')", String.class)
			.getSingleResult()));
	}

	/**
	 * Runs work in one session, as {@code OpenEntityManagerInViewInterceptor} does.
	 */
	private void request(Runnable work) {
		EntityManagerFactory factory = this.application.bean(EntityManagerFactory.class);
		try (EntityManager session = factory.createEntityManager()) {
			TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(session));
			try {
				work.run();
			}
			finally {
				TransactionSynchronizationManager.unbindResource(factory);
			}
		}
	}

}
