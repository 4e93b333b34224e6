package dev.failover.cluster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with poolers that lend a session for as long as the client is connected.
 */
class SessionPoolingTests extends PgBouncerTests {

	SessionPoolingTests() {
		super("session");
	}

	@Test
	void aPoolerThatAdmitsNobodyElseIsNotTakenForALostServer() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			pooler().admit(0);
			terminateSessions();
			application.awaitCondition("IMPAIRED of node 'primary'");
			assertThat(application.node("primary").lastProbe().error()).contains("max_client_conn");
			pooler().admit(PgBouncer.CLIENTS);
			writers.awaitSuccesses();
			application.awaitReady();
			assertThat(application.state().changes()).hasSize(1);
		}
	}

}
