package dev.failover.it.faults;

import java.util.List;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.PacedWriters;
import dev.failover.it.ServerSql;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of nodes whose servers are replaced, rewound or chosen by the driver.
 */
class ReplacedServerFaultTests {

	@Test
	void writesFollowTheHostThatTheDriverChooses() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start()) {
			String hosts = "jdbc:postgresql://127.0.0.1:" + pair.primary().port() + ",127.0.0.1:" + pair.mirror().port()
					+ "/" + pair.database() + "?hostRecheckSeconds=0&targetServerType=";
			try (Application application = Application.startOn(pair, hosts + "primary", hosts + "secondary")) {
				PacedWriters.createTable(application.jdbc());
				application.awaitReady();
				try (PacedWriters writers = PacedWriters.start(application, 1)) {
					writers.awaitSuccesses(application);
					pair.mirror().promote();
					writers.awaitSuccesses(application);
					application.awaitMode(Mode.NORMAL);
					application.awaitReady();
					writers.stop();
					assertThat(writers.lost(PacedWriters.stored(pair.mirror()))).isEmpty();
				}
			}
		}
	}

	@Test
	void aNewClusterBehindBothNamesIsFollowed() throws Exception {
		try (EmbeddedPair blue = EmbeddedPair.start();
				EmbeddedPair green = EmbeddedPair.builder().password(blue.password()).start();
				MovingAddress primary = MovingAddress.to(blue.primary().port());
				MovingAddress mirror = MovingAddress.to(blue.mirror().port());
				Application application = Application.startOn(blue, primary.jdbcUrl(blue), mirror.jdbcUrl(blue))) {
			application.awaitReady();
			primary.moveTo(green.primary().port());
			mirror.moveTo(green.mirror().port());
			application.await("the new cluster", () -> leadsTo(application, green.primary()));
			// sessions with the old cluster end while the route moves
			Awaitility.await().ignoreExceptions().untilAsserted(() -> PacedWriters.createTable(application.jdbc()));
			application.awaitReady();
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
		}
	}

	@Test
	void eachMirrorIsSynchronousByItsOwnName() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().mirrors(2).synchronous(true).start()) {
			try (Application application = Application.startOn(pair, pair.primary().jdbcUrl(),
					pair.node("mirror1").jdbcUrl(), "failover.mirrors.other.url=" + pair.node("mirror2").jdbcUrl())) {
				application.awaitReady();
				application.await("one synchronous mirror",
						() -> List.of("mirror", "other")
							.stream()
							.map((name) -> application.node(name).replication())
							.filter((sample) -> sample != null && sample.synchronous())
							.count() == 1);
				String name = ServerSql.query(pair.primary(),
						"select application_name from pg_stat_replication where sync_state in ('sync', 'quorum')",
						String.class);
				assertThat(application.node(name.equals("mirror1") ? "mirror" : "other").replication().synchronous())
					.isTrue();
			}
		}
	}

	@Test
	void theLagOfAMirrorIsRightAfterARewoundLeaderHasReturned() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.replication.max-lag=2s")) {
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
			pair.primary().kill();
			pair.mirror().promote();
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().update("insert into paced_entry values (1)");
			pair.primary().rejoin();
			application.awaitReady();
			assertThat(application.node("primary").replication().behind()).isZero();
			pair.primary().promote();
			application.awaitMode(Mode.NORMAL);
			application.jdbc().update("insert into paced_entry values (2)");
			application.awaitReady();
			assertThat(PacedWriters.stored(pair.primary())).containsExactly(1L, 2L);
		}
	}

	@Test
	void aForeignServerBehindTheNameOfTheMirrorGetsNoRequest() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				EmbeddedPair foreign = EmbeddedPair.builder().password(pair.password()).start();
				MovingAddress mirror = MovingAddress.to(pair.mirror().port());
				Application application = Application.startOn(pair, pair.primary().jdbcUrl(), mirror.jdbcUrl(pair),
						"spring.datasource.hikari.connection-timeout=500")) {
			application.awaitReady();
			pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			mirror.moveTo(foreign.primary().port());
			application.awaitMode(Mode.UNAVAILABLE);
			application.await("the foreign server", () -> application.node("mirror").isWritable());
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> application.jdbc().queryForObject("select 1", Integer.class));
			assertThat(application.state().route().serving()).isNull();
		}
	}

	private static boolean leadsTo(Application application, EmbeddedNode node) {
		try {
			return Integer.valueOf(node.directPort())
				.equals(application.jdbc().queryForObject("select inet_server_port()", Integer.class));
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

}
