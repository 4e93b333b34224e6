package dev.failover.it;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.management.ObjectName;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of starting, pausing and closing an application, and of virtual threads.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleTests {

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.start();

	private static final String OTHER_SESSIONS = "select count(*) from pg_stat_activity"
			+ " where backend_type = 'client backend' and pid <> pg_backend_pid()";

	@Tag("long")
	@Test
	void anApplicationCanBeClosedAndStartedAgainAndLeavesNothingBehind() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		for (int i = 0; i < 3; i++) {
			try (Application application = Application.start(this.pair,
					"spring.datasource.hikari.register-mbeans=true")) {
				application.awaitReady();
				assertThat(application.jdbc().queryForObject(OTHER_SESSIONS, Integer.class)).isPositive();
				assertThat(pools()).contains("com.zaxxer.hikari:type=Pool (primary)");
			}
			assertThat(pools()).isEmpty();
			await(() -> assertThat(threads(before)).isEmpty());
			await(() -> assertThat(ServerSql.query(this.pair.primary(), OTHER_SESSIONS, Integer.class)).isZero());
		}
	}

	@Test
	void tasksOnVirtualThreadsAreReleasedWhenTheRouteLeavesAFrozenPrimary() throws Exception {
		try (Application application = Application.start(this.pair, "spring.threads.virtual.enabled=true",
				"spring.main.lazy-initialization=true", "failover.detection.timeout=300ms")) {
			application.awaitReady();
			this.pair.primary().freeze();
			try {
				List<CompletableFuture<Integer>> reads = new ArrayList<>();
				AsyncTaskExecutor tasks = application.bean(AsyncTaskExecutor.class);
				for (int i = 0; i < 64; i++) {
					reads.add(tasks.submitCompletable(() -> read(application.jdbc())));
				}
				for (CompletableFuture<Integer> read : reads) {
					assertThat(read.get(10, TimeUnit.SECONDS)).isOne();
				}
				assertThat(application.state().route().mode()).isEqualTo(Mode.READ_ONLY);
			}
			finally {
				this.pair.primary().thaw();
			}
			application.awaitMode(Mode.NORMAL);
		}
	}

	@Test
	void anApplicationThatWasPausedAndRestartedServesAndNoticesALoss() {
		try (Application application = Application.start(this.pair, "failover.detection.timeout=300ms")) {
			application.awaitReady();
			ConfigurableApplicationContext context = (ConfigurableApplicationContext) application.context();
			context.pause();
			context.restart();
			assertThat(read(application.jdbc())).isOne();
			context.stop();
			context.start();
			assertThat(read(application.jdbc())).isOne();
			this.pair.primary().freeze();
			try {
				application.awaitMode(Mode.READ_ONLY);
				assertThat(read(application.jdbc())).isOne();
			}
			finally {
				this.pair.primary().thaw();
			}
			application.awaitMode(Mode.NORMAL);
		}
	}

	/**
	 * Reads, and tries once again: a statement in flight when the node is lost fails.
	 */
	private static Integer read(JdbcTemplate jdbc) {
		try {
			return jdbc.queryForObject("select 1", Integer.class);
		}
		catch (DataAccessException ex) {
			return jdbc.queryForObject("select 1", Integer.class);
		}
	}

	private static List<String> pools() throws Exception {
		return ManagementFactory.getPlatformMBeanServer()
			.queryNames(new ObjectName("com.zaxxer.hikari:*"), null)
			.stream()
			.map(ObjectName::getCanonicalName)
			.toList();
	}

	private static Set<String> threads(Set<Thread> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.matches("(failover-|primary|mirror|Hikari).*"))
			.collect(Collectors.toSet());
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion);
	}

}
