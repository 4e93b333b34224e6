package dev.failover.it;

import java.util.List;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.EmbeddedService;
import dev.failover.embedded.ServiceRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application whose URLs lead to whichever server has a role.
 */
class ServiceTests {

	@Test
	void writesFollowTheServiceThroughSwitchovers() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
				EmbeddedService writable = pair.service(ServiceRole.WRITABLE).start();
				EmbeddedService readOnly = pair.service(ServiceRole.READ_ONLY).start();
				Application application = Application.startOn(pair, writable.jdbcUrl(), readOnly.jdbcUrl())) {
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				for (EmbeddedNode next : List.of(pair.mirror(), pair.primary())) {
					writers.awaitSuccesses(application);
					next.promote();
					writers.awaitSuccesses(application);
					application.awaitMode(Mode.NORMAL);
					application.awaitReady();
					assertThat(application.conditions()).isEmpty();
				}
				writers.stop();
				assertThat(writers.lost(PacedWriters.stored(pair.primary()))).isEmpty();
			}
		}
	}

	@Test
	void rolesConfiguredTheWrongWayRoundAreServed() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.startOn(pair, pair.mirror().jdbcUrl(),
						pair.primary().jdbcUrl())) {
			application.awaitMode(Mode.FAILED_OVER);
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
		}
	}

}
