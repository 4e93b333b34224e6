package dev.failover.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the topology {@code multi-writer}, in which both servers accept writes.
 */
class MultiWriterTests {

	@Test
	void writesFailOverToTheOtherWriterAndFailBackAutomatically() throws Exception {
		try (EmbeddedPair one = EmbeddedPair.start();
				EmbeddedPair other = EmbeddedPair.builder().password(one.password()).start();
				Application application = Application
					.start(writers(one, other, "failover.replication.verify=false", "failover.failback.min-stay=1s"))) {
			application.awaitReady();
			application.jdbc().execute("create table entry (id int)");
			one.primary().kill();
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().execute("create table entry (id int)");
			one.primary().start();
			application.awaitMode(Mode.NORMAL);
			application.jdbc().execute("insert into entry values (1)");
			application.awaitReady();
			assertThat(application.conditions()).isEmpty();
		}
	}

	@Tag("long")
	@Test
	void workThatOutlastsTheDrainTimeoutOfASwitchoverEndsOnItsFirstNode() throws Exception {
		try (EmbeddedPair one = EmbeddedPair.start();
				EmbeddedPair other = EmbeddedPair.builder().password(one.password()).start();
				Application application = Application.start(writers(one, other, "failover.replication.verify=false",
						"failover.switchover.drain-timeout=200ms"))) {
			application.awaitReady();
			application.jdbc().execute("create table entry (id int)");
			CountDownLatch begun = new CountDownLatch(1);
			CountDownLatch moved = new CountDownLatch(1);
			CompletableFuture<Integer> work = CompletableFuture
				.supplyAsync(() -> insertTwice(application, begun, moved));
			assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
			RouteChange switchover = application.failover()
				.switchover(new Node("mirror"), false, "alice")
				.get(30, TimeUnit.SECONDS);
			assertThat(switchover.abortedConnections()).isZero();
			assertThat(work).isNotDone();
			assertThat(application.jdbc().queryForObject("select inet_server_port()", Integer.class))
				.isEqualTo(other.primary().directPort());
			moved.countDown();
			assertThat(work).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(2);
		}
	}

	private static Integer insertTwice(Application application, CountDownLatch begun, CountDownLatch moved) {
		return application.transactions(false).execute((status) -> {
			application.jdbc().update("insert into entry values (1)");
			begun.countDown();
			try {
				assertThat(moved.await(60, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			application.jdbc().update("insert into entry values (2)");
			return application.jdbc().queryForObject("select count(*) from entry", Integer.class);
		});
	}

	@Tag("long")
	@Test
	void aWriterOfAnotherSystemIsNotUsedWhileReplicationIsVerified() {
		try (EmbeddedPair one = EmbeddedPair.start();
				EmbeddedPair other = EmbeddedPair.builder().password(one.password()).start();
				Application application = Application.start(writers(one, other))) {
			application.awaitCondition(Kind.UNVERIFIED, "mirror");
			one.primary().kill();
			application.awaitMode(Mode.UNAVAILABLE);
		}
	}

	private static List<String> writers(EmbeddedPair one, EmbeddedPair other, String... properties) {
		List<String> all = Application.connection(one);
		all.remove(all.size() - 1);
		all.add("failover.mirror.url=" + other.primary().jdbcUrl());
		all.add("failover.topology=multi-writer");
		all.addAll(List.of(properties));
		return all;
	}

}
