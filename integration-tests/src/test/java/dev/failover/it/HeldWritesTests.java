package dev.failover.it;

import java.util.function.Consumer;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.transaction.NoWritableNodeException;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of a service with transactions while no node accepts writes.
 */
class HeldWritesTests {

	private static final int WRITERS = 16;

	@Test
	void whenThePrimaryIsKilledNoMoreWritesFailThanWereInFlight() throws Exception {
		survive(EmbeddedNode::kill);
	}

	@Tag("long")
	@Test
	void whenThePrimaryIsFrozenNoMoreWritesFailThanWereInFlight() throws Exception {
		survive(EmbeddedNode::freeze);
	}

	private void survive(Consumer<EmbeddedNode> fault) throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
				Application application = start(pair, "spring.datasource.hikari.maximum-pool-size=24")) {
			EntryService service = application.bean(EntryService.class);
			try (ClientThreads writers = new ClientThreads(application.jdbc()).writers(WRITERS, service::insert);
					ClientThreads readers = new ClientThreads(application.jdbc()).readers(4)) {
				application.await("load", () -> writers.writes() > 200 && readers.reads() > 50);
				fault.accept(pair.primary());
				application.awaitMode(Mode.READ_ONLY);
				application.await("held writes", () -> application.failover().requests().waiting() == WRITERS);
				int reads = readers.reads();
				application.await("further reads", () -> readers.reads() > reads + 50);
				assertThat(service.readsFromReplica()).isTrue();
				pair.mirror().promote();
				var before = writers.successes();
				application.await("a success of every writer", () -> writers.allSucceededSince(before));
				assertThat(writers.failures()).as(() -> writers.errors().toString()).isLessThanOrEqualTo(WRITERS);
				writers.stop();
				MeterRegistry meters = application.bean(MeterRegistry.class);
				assertThat(meters.get("failover.hold").tags("node", "mirror", "outcome", "served").timer().count())
					.isPositive();
				application.await("an observation of the failover",
						() -> meters.find("failover.route.change")
							.tags("from", "primary", "to", "mirror")
							.timer() != null);
				assertThat(CrashTests.missing(pair.mirror(), writers.acknowledged())).isEmpty();
				pair.primary().thaw();
			}
		}
	}

	/** The time limit is far shorter than the time for which a transaction would wait. */
	@Test
	@Timeout(120)
	void onceTheLossIsTooLongAgoWorkThatNeedsAWriterIsRefusedWithTheReason() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = start(pair, "failover.read-only.hold-for=0s", "failover.reads.target=mirror",
						"spring.datasource.hikari.connection-timeout=600000")) {
			EntryService service = application.bean(EntryService.class);
			application.await("reads on the mirror", service::readsFromReplica);
			assertThat(service.readsSerializablyFromReplica()).isFalse();
			pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			assertThatExceptionOfType(NoWritableNodeException.class).isThrownBy(() -> service.insert(1))
				.withMessageContainingAll("No database node takes writes", "mode READ_ONLY");
			assertThatExceptionOfType(NoWritableNodeException.class).isThrownBy(service::readsSerializablyFromReplica);
			assertThat(service.readsFromReplica()).isTrue();
			assertThat(application.failover().requests().waiting()).isZero();
		}
	}

	/**
	 * Nothing tells in time that a template of the application begins a serializable
	 * transaction.
	 */
	@Test
	void aReplicaThatRefusesASerializableReadKeepsItsConnectionAndTheNextGoesToTheWriter() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = start(pair, "failover.reads.target=mirror",
						"spring.datasource.hikari.maximum-pool-size=1")) {
			application.await("reads on the mirror", application.bean(EntryService.class)::readsFromReplica);
			var template = application.serializableReads();
			int before = backend(application);
			assertThatExceptionOfType(NoWritableNodeException.class)
				.isThrownBy(() -> template.execute((status) -> EntryService.inRecovery(application.jdbc())));
			assertThat(backend(application)).isEqualTo(before);
			assertThat(template.<Boolean>execute((status) -> EntryService.inRecovery(application.jdbc()))).isFalse();
		}
	}

	/**
	 * Returns the process of the mirror that serves the only connection of its pool.
	 */
	private static int backend(Application application) {
		Integer backend = application.bean(EntryService.class).backend();
		return (backend != null) ? backend : 0;
	}

	private static Application start(EmbeddedPair pair, String... properties) {
		Application application = Application.startWith(Config.class, pair, properties);
		ClientThreads.createTable(application.jdbc());
		application.awaitReady();
		return application;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
	@Import(EntryService.class)
	static class Config {

	}

	/**
	 * Service with a transaction around each method.
	 */
	static class EntryService {

		private final JdbcTemplate jdbc;

		EntryService(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional
		public void insert(long id) {
			this.jdbc.update("insert into entry (id) values (?)", id);
		}

		@Transactional(readOnly = true)
		public boolean readsFromReplica() {
			return inRecovery(this.jdbc);
		}

		@Transactional(readOnly = true)
		public Integer backend() {
			return this.jdbc.queryForObject("select pg_backend_pid()", Integer.class);
		}

		@Transactional(readOnly = true, isolation = Isolation.SERIALIZABLE)
		public boolean readsSerializablyFromReplica() {
			return inRecovery(this.jdbc);
		}

		static boolean inRecovery(JdbcTemplate jdbc) {
			return Boolean.TRUE.equals(jdbc.queryForObject("select pg_is_in_recovery()", Boolean.class));
		}

	}

}
