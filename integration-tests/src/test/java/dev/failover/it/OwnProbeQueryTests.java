package dev.failover.it;

import dev.failover.Mode;
import dev.failover.NodeState;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code failover.detection.query}, which each probe asks in addition.
 */
class OwnProbeQueryTests {

	@Test
	void aNodeThatAnswersTheQueryWithAnErrorIsImpairedAndKeepsTheRoute() {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair,
						"failover.detection.query=select count(*) from entry")) {
			application.await("an impaired primary", () -> application.node("primary").state() == NodeState.IMPAIRED);
			application.await("the usual route", () -> application.state().route().mode() == Mode.NORMAL);
			ClientThreads.createTable(application.jdbc());
			application.await("both are up", () -> application.conditions().isEmpty() && application.state().ready());
			assertThat(application.state().changes()).hasSize(1);
		}
	}

}
