package dev.failover.it;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.topology.Mode;

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
	void aWriterOfAnotherSystemIsRefusedWhereItIsToBeVerified() {
		try (EmbeddedPair one = EmbeddedPair.start();
				EmbeddedPair other = EmbeddedPair.builder().password(one.password()).start();
				Application application = Application.start(writers(one, other))) {
			application.await("unverified", () -> application.conditions().contains("MIRROR_UNVERIFIED"));
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
