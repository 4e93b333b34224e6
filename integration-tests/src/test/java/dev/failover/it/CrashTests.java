package dev.failover.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.StopMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The primary dies, and the application goes on.
 */
class CrashTests {

	@Test
	void whenThePrimaryIsKilledReadsGoOnAndWritesFollowThePromotion() throws Exception {
		survive(EmbeddedNode::kill);
	}

	@Test
	void whenThePrimaryIsStoppedFastReadsGoOnAndWritesFollowThePromotion() throws Exception {
		survive((primary) -> primary.stop(StopMode.FAST));
	}

	@Test
	void whenThePrimaryIsStoppedImmediatelyReadsGoOnAndWritesFollowThePromotion() throws Exception {
		survive((primary) -> primary.stop(StopMode.IMMEDIATE));
	}

	private void survive(Fault fault) throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
				Application application = Application.start(pair)) {
			Client.createTable(application.jdbc());
			application.awaitReady();
			try (Client client = new Client(application.jdbc()).writers(4).readers(4)) {
				application.await("load", () -> client.writes() > 50 && client.reads() > 50);
				fault.on(pair.primary());
				application.awaitMode(Mode.READ_ONLY);
				int reads = client.reads();
				application.await("reads go on", () -> client.reads() > reads + 50);
				pair.mirror().promote();
				application.awaitMode(Mode.FAILED_OVER);
				int writes = client.writes();
				application.await("writes go on", () -> client.writes() > writes + 50);
				var before = client.successes();
				application.await("every thread is whole", () -> client.allWholeSince(before));
				comeBack(pair, application);
				client.stop();
				assertThat(missing(pair.mirror(), client.acknowledged())).isEmpty();
			}
			assertThat(application.state().changes()).extracting(RouteChange::cause)
				.startsWith(Cause.STARTUP, Cause.NODE_LOST, Cause.ROLE_CHANGED);
		}
	}

	private static void comeBack(EmbeddedPair pair, Application application) {
		pair.primary().rejoin();
		application.awaitReady();
		assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
		assertThat(application.node("primary").replication()).satisfies((sample) -> {
			assertThat(sample).isNotNull();
			assertThat(sample.verified()).isTrue();
		});
		assertThat(application.conditions()).isEmpty();
	}

	@Test
	void whenThePrimaryRestartsWithinASecondThereIsAtMostOneFailoverAndOneFailback() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			Client.createTable(application.jdbc());
			application.awaitReady();
			try (Client client = new Client(application.jdbc()).writers(4).readers(4)) {
				application.await("load", () -> client.writes() > 50 && client.reads() > 50);
				pair.primary().restart();
				application.awaitMode(Mode.NORMAL);
				int writes = client.writes();
				application.await("writes go on", () -> client.writes() > writes + 200);
				application.awaitReady();
			}
			assertThat(application.state().route().epoch()).isLessThanOrEqualTo(3);
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
		}
	}

	static List<Long> missing(EmbeddedNode node, List<Long> acknowledged) throws SQLException {
		List<Long> missing = new ArrayList<>(acknowledged);
		try (Connection connection = node.connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select id from entry")) {
			List<Long> stored = new ArrayList<>();
			while (rows.next()) {
				stored.add(rows.getLong(1));
			}
			missing.removeAll(new java.util.HashSet<>(stored));
		}
		return missing;
	}

	/**
	 * Something that happens to a node.
	 */
	@FunctionalInterface
	private interface Fault {

		void on(EmbeddedNode node);

	}

}
