package dev.failover.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.engine.FailoverRuntime;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two servers that both take writes, replicated by something that the application vouches
 * for.
 */
class MultiWriterTests {

	@Test
	void writesGoToTheOtherWriterAndReturnByThemselves() throws Exception {
		try (EmbeddedPair one = EmbeddedPair.start();
				EmbeddedPair other = EmbeddedPair.builder().password(one.password()).start();
				Application application = Application
					.start(writers(one, other, "failover.replication.verify=false", "failover.failback.min-stay=1s"))) {
			application.awaitReady();
			application.jdbc().execute("create table kept (id int)");
			one.primary().kill();
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().execute("create table kept (id int)");
			one.primary().start();
			application.awaitMode(Mode.NORMAL);
			application.jdbc().execute("insert into kept values (1)");
			application.awaitReady();
			assertThat(application.conditions()).isEmpty();
		}
	}

	@Test
	void workThatOutlastsTheDrainTimeOfASwitchoverEndsWhereItBegan() throws Exception {
		try (EmbeddedPair one = EmbeddedPair.start();
				EmbeddedPair other = EmbeddedPair.builder().password(one.password()).start();
				Application application = Application.start(writers(one, other, "failover.replication.verify=false",
						"failover.switchover.drain-timeout=200ms"))) {
			application.awaitReady();
			application.jdbc().execute("create table kept (id int)");
			CountDownLatch begun = new CountDownLatch(1);
			CountDownLatch moved = new CountDownLatch(1);
			CompletableFuture<Integer> work = CompletableFuture
				.supplyAsync(() -> insertTwice(application, begun, moved));
			assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
			RouteChange switchover = application.bean(FailoverRuntime.class)
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
		return new TransactionTemplate(application.bean(PlatformTransactionManager.class)).execute((status) -> {
			application.jdbc().update("insert into kept values (1)");
			begun.countDown();
			try {
				assertThat(moved.await(60, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			application.jdbc().update("insert into kept values (2)");
			return application.jdbc().queryForObject("select count(*) from kept", Integer.class);
		});
	}

	@Test
	void aWriterOfAnotherSystemIsRefusedWhereItIsToBeVerified() {
		try (EmbeddedPair one = EmbeddedPair.start();
				EmbeddedPair other = EmbeddedPair.builder().password(one.password()).start();
				Application application = Application.start(writers(one, other))) {
			application.await("unverified", () -> application.conditions().contains("UNVERIFIED of node 'mirror'"));
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
