package dev.failover.it.faults;

import java.time.Duration;
import java.util.List;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.EmbeddedService;
import dev.failover.embedded.ServiceRole;
import dev.failover.it.Application;
import dev.failover.it.PacedWriters;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application whose URLs lead to whichever server has a role, in more
 * situations than {@code ServiceTests}.
 */
class ServiceFaultTests {

	@Test
	void writesFollowAnAddressOfTheLeaderBesideAFixedServerThroughTwoFailovers() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).promoteAfter(Duration.ofMillis(500)).start();
				EmbeddedService leader = pair.service(ServiceRole.WRITABLE).shutdownSessions(true).start();
				Application application = Application.startOn(pair, leader.jdbcUrl(), pair.mirror().jdbcUrl())) {
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				for (EmbeddedNode former : List.of(pair.primary(), pair.mirror())) {
					writers.awaitSuccesses(application);
					EmbeddedNode next = (former == pair.primary()) ? pair.mirror() : pair.primary();
					former.kill();
					application.await("a promotion", next::isWritable);
					writers.awaitSuccesses(application);
					former.start();
					writers.awaitSuccesses(application);
					assertThat(application.hasCondition(Kind.SPLIT_BRAIN, null)).isFalse();
				}
				application.awaitMode(Mode.NORMAL);
				application.awaitReady();
				writers.stop();
				assertThat(writers.lost(PacedWriters.stored(pair.primary()))).isEmpty();
			}
		}
	}

	@Test
	void anApplicationThatStartsIntoASplitBrainStaysWhereOthersWrite() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			pair.mirror().promoteAlone();
			try (Application other = Application.startOn(pair, pair.primary().jdbcUrl(), "")) {
				PacedWriters.createTable(other.jdbc());
				try (PacedWriters traffic = PacedWriters.start(other, 1);
						Application application = Application.start(pair)) {
					application.await("decided", () -> application.state().route().decided());
					assertThat(application.state().route().writes()).isEqualTo(new Node("primary"));
					assertThat(traffic.failures()).isEmpty();
					application.awaitCondition(Kind.SPLIT_BRAIN);
				}
			}
		}
	}

}
