package dev.failover.it.faults;

import java.time.Duration;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.it.library.LibraryApplication;
import dev.failover.it.library.LibraryTraffic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.modulith.events.IncompleteEventPublications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of all libraries under load: what their exceptions say of the work is true, no
 * call hangs, all of them work afterwards, and a switchover fails no call.
 */
class LibraryTrafficFaultTests {

	@ParameterizedTest
	@EnumSource
	void outcomesAreTrueWithTheTransactionManagerOfJdbc(LibraryFault fault) throws Exception {
		try (EmbeddedPair pair = startPair();
				Application application = LibraryApplication.JDBC.start(pair);
				LibraryTraffic traffic = LibraryTraffic.start(LibraryApplication.JDBC, application)) {
			survive(fault, pair, application, traffic);
			application.bean(IncompleteEventPublications.class).resubmitIncompletePublicationsOlderThan(Duration.ZERO);
			application.await("completed publications", () -> ServerSql.query(pair.mirror(),
					"select count(*) from event_publication where completion_date is null", Integer.class) == 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void outcomesAreTrueWithTheTransactionManagerOfJpa(LibraryFault fault) throws Exception {
		try (EmbeddedPair pair = startPair();
				Application application = LibraryApplication.JPA.start(pair);
				LibraryTraffic traffic = LibraryTraffic.start(LibraryApplication.JPA, application)) {
			survive(fault, pair, application, traffic);
			assertThat(traffic.cachedOnly(pair.mirror())).isEmpty();
		}
	}

	private static void survive(LibraryFault fault, EmbeddedPair pair, Application application, LibraryTraffic traffic)
			throws Exception {
		fault.cause(pair, application);
		application.awaitMode(Mode.FAILED_OVER);
		traffic.awaitSuccesses();
		assertThat(traffic.stop()).as("every call ends").isTrue();
		assertThat(traffic.untrue(pair.mirror())).isEmpty();
		fault.end(pair);
		if (fault == LibraryFault.SWITCHOVER) {
			assertThat(traffic.failures()).isEmpty();
		}
		else {
			assertThat(traffic.denied(pair.primary())).isEmpty();
		}
	}

	private static EmbeddedPair startPair() throws Exception {
		EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
		LibraryApplication.createTables(pair);
		return pair;
	}

}
