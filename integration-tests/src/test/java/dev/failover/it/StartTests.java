package dev.failover.it;

import java.sql.SQLException;

import dev.failover.Cause;
import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.StopMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of an application that starts while its nodes are in various states.
 */
class StartTests {

	private static final Node MIRROR = new Node("mirror");

	@Test
	void anApplicationStartsWithoutItsPrimaryAndServesReads() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			pair.primary().kill();
			try (Application application = Application.start(pair)) {
				assertThat(application.jdbc().queryForObject("select 1", Integer.class)).isOne();
				assertThat(application.state().route().mode()).isEqualTo(Mode.READ_ONLY);
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> ClientThreads.createTable(application.jdbc()));
				pair.mirror().promote();
				application.awaitMode(Mode.FAILED_OVER);
				ClientThreads.createTable(application.jdbc());
			}
		}
	}

	@Tag("long")
	@Test
	void anApplicationStartsOnAMirrorThatWasPromotedBefore() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			pair.primary().kill();
			pair.mirror().promote();
			try (Application application = Application.start(pair)) {
				ClientThreads.createTable(application.jdbc());
				assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
				assertThat(application.state().changes()).hasSize(1);
			}
		}
	}

	@Tag("long")
	@Test
	void anApplicationDoesNotStartOnAnOldPrimaryThatReturnedWritable() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			pair.primary().kill();
			pair.mirror().promote();
			pair.primary().start();
			try (Application application = Application.start(pair)) {
				ClientThreads.createTable(application.jdbc());
				assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
				application.awaitCondition(Kind.SPLIT_BRAIN);
				assertThat(application.state().ready()).isFalse();
			}
		}
	}

	@Tag("long")
	@Test
	void anApplicationThatLostBothNodesContinuesWithTheFirstThatReturns() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			try (ClientThreads client = new ClientThreads(application.jdbc()).writers(4)) {
				application.await("load", () -> client.writes() > 50);
				pair.mirror().stop(StopMode.FAST);
				application.awaitCondition(Kind.DOWN, "mirror");
				pair.primary().kill();
				application.awaitMode(Mode.UNAVAILABLE);
				pair.primary().start();
				application.awaitMode(Mode.NORMAL);
				var before = client.successes();
				application.await("a success of every thread", () -> client.allSucceededSince(before));
			}
			assertThat(application.state().changes()).extracting(RouteChange::cause)
				.containsExactly(Cause.STARTUP, Cause.NODE_LOST, Cause.NODE_RETURNED);
		}
	}

	@Tag("long")
	@Test
	void anApplicationStartsWithoutBothNodesAndServesWhenTheMirrorReturns() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			pair.mirror().stop(StopMode.FAST);
			pair.primary().kill();
			try (Application application = Application.start(pair)) {
				application.await("decided", () -> application.state().route().decided());
				assertThat(application.state().route().mode()).isEqualTo(Mode.UNAVAILABLE);
				pair.mirror().start();
				application.awaitMode(Mode.READ_ONLY);
				assertThat(application.jdbc().queryForObject("select 1", Integer.class)).isOne();
			}
		}
	}

	/**
	 * The connection time-out is far longer than that of the test.
	 */
	@ParameterizedTest
	@CsvSource({ "spring.datasource.password, wrong, 28P01", "spring.datasource.username, nobody, 28P01" })
	@Timeout(120)
	void refusedLoginsFailAtOnceWithTheReason(String property, String value, String sqlState) {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, property + "=" + value,
						"spring.datasource.hikari.connection-timeout=600000")) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> application.jdbc().queryForObject("select 1", Integer.class))
				.withStackTraceContaining(sqlState);
		}
	}

	/**
	 * Checks the last statement of each session on the mirror: all have filled their
	 * caches, so that not all of them do so at a failover. The first one was asked for
	 * its defaults afterwards.
	 */
	@Test
	void sessionsOnTheMirrorAreWarmedUp() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "spring.datasource.hikari.maximum-pool-size=4")) {
			application.awaitReady();
			application.await("sessions", () -> application.failover().pool(MIRROR).idle() == 4);
			assertThat(sessions(pair.mirror(), "%nspname = ''failover''%")).isEqualTo(3);
			assertThat(sessions(pair.mirror(), "SHOW TRANSACTION ISOLATION LEVEL")).isOne();
		}
	}

	private static int sessions(EmbeddedNode node, String lastQuery) throws SQLException {
		return ServerSql.query(node, "select count(*) from pg_stat_activity where application_name = "
				+ "'PostgreSQL JDBC Driver' and query like '" + lastQuery + "'", Integer.class);
	}

}
