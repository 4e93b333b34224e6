package dev.failover.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.StopMode;
import dev.failover.internal.engine.FailoverRuntime;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The application starts whatever state its nodes are in.
 */
class StartTests {

	private static final Node MIRROR = new Node("mirror");

	@Test
	void itStartsWhileThePrimaryIsDownAndServesReads() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			pair.primary().kill();
			try (Application application = Application.start(pair)) {
				assertThat(application.jdbc().queryForObject("select 1", Integer.class)).isOne();
				assertThat(application.state().route().mode()).isEqualTo(Mode.READ_ONLY);
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> Client.createTable(application.jdbc()));
				pair.mirror().promote();
				application.awaitMode(Mode.FAILED_OVER);
				Client.createTable(application.jdbc());
			}
		}
	}

	@Test
	void itStartsOnAMirrorThatWasPromotedBefore() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			pair.primary().kill();
			pair.mirror().promote();
			try (Application application = Application.start(pair)) {
				Client.createTable(application.jdbc());
				assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
				assertThat(application.state().changes()).hasSize(1);
			}
		}
	}

	@Test
	void itDoesNotWriteToAnOldPrimaryThatCameBackWritable() {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			pair.primary().kill();
			pair.mirror().promote();
			pair.primary().start();
			try (Application application = Application.start(pair)) {
				Client.createTable(application.jdbc());
				assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
				application.await("condition", () -> application.conditions().contains("SPLIT_BRAIN"));
				assertThat(application.state().ready()).isFalse();
			}
		}
	}

	@Test
	void whenBothAreDownItWaitsAndGoesOnWithTheOneThatComesBack() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			Client.createTable(application.jdbc());
			application.awaitReady();
			try (Client client = new Client(application.jdbc()).writers(4)) {
				application.await("load", () -> client.writes() > 50);
				pair.mirror().stop(StopMode.FAST);
				application.await("mirror down", () -> application.conditions().contains("DOWN of node 'mirror'"));
				pair.primary().kill();
				application.awaitMode(Mode.UNAVAILABLE);
				pair.primary().start();
				application.awaitMode(Mode.NORMAL);
				var before = client.successes();
				application.await("every thread is whole", () -> client.allWholeSince(before));
			}
			assertThat(application.state().changes()).extracting(RouteChange::cause)
				.containsExactly(Cause.STARTUP, Cause.NODE_LOST, Cause.NODE_RETURNED);
		}
	}

	@Test
	void itStartsWhileBothAreDownAndServesWhenTheMirrorComesBack() {
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
	 * What a session did last: those of the mirror have filled their caches, so that not
	 * all of them do so in the moment of a failover. The first one was asked for its
	 * defaults afterwards.
	 */
	@Test
	void sessionsThatWaitOnTheMirrorAreWarm() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "spring.datasource.hikari.maximum-pool-size=4")) {
			application.awaitReady();
			application.await("sessions", () -> application.bean(FailoverRuntime.class).pool(MIRROR).idle() == 4);
			try (Connection connection = pair.mirror().connect(); Statement statement = connection.createStatement()) {
				assertThat(sessions(statement, "%nspname = ''failover''%")).isEqualTo(3);
				assertThat(sessions(statement, "SHOW TRANSACTION ISOLATION LEVEL")).isOne();
			}
		}
	}

	private static int sessions(Statement statement, String lastQuery) throws SQLException {
		try (ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity where application_name = "
				+ "'PostgreSQL JDBC Driver' and query like '" + lastQuery + "'")) {
			row.next();
			return row.getInt(1);
		}
	}

}
