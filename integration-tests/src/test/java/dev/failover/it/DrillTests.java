package dev.failover.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.failover.embedded.EmbeddedPair;
import dev.failover.monitor.DrillReport;
import dev.failover.monitor.FailoverRuntime;
import dev.failover.monitor.OperationRefusedException;
import dev.failover.topology.Mode;
import dev.failover.topology.Rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The loss of the primary, rehearsed.
 */
class DrillTests {

	@AutoClose
	private static final EmbeddedPair pair = EmbeddedPair.start();

	@ParameterizedTest
	@EnumSource
	void aDrillMovesTheRouteReportsAndEndsByItself(Rehearsal.Fault fault) throws Exception {
		try (Application application = Application.start(pair, "failover.drill.enabled=true")) {
			application.jdbc().execute("drop table if exists entry");
			Client.createTable(application.jdbc());
			application.awaitReady();
			try (Client client = new Client(application.jdbc()).readers(4).writers(1)) {
				application.await("load", () -> client.reads() > 50 && client.writes() > 10);
				DrillReport report = application.bean(FailoverRuntime.class)
					.drill(fault, Duration.ofSeconds(4))
					.get(30, TimeUnit.SECONDS);
				assertThat(report.timeToDetect()).isNotNull().isLessThan(Duration.ofSeconds(4));
				assertThat(report.timeToSwitch()).as("nobody promoted the mirror").isNull();
				assertThat(report.routeChanges()).isEqualTo(1);
				assertThat(report.node().name()).isEqualTo("primary");
				// the server of a rehearsed demotion takes writes still
				if (fault != Rehearsal.Fault.READ_ONLY) {
					assertThat(report.callsFailed() + report.callsHeld()).as(report.toString()).isPositive();
				}
				assertThat(pair.primary().isWritable()).as("the database was not touched").isTrue();
				application.awaitMode(Mode.NORMAL);
				int reads = client.reads();
				application.await("reads go on", () -> client.reads() > reads + 50);
			}
			application.awaitReady();
		}
	}

	@Test
	void drillsAreOffUnlessAllowed() {
		try (Application application = Application.start(pair)) {
			application.awaitReady();
			assertThatExceptionOfType(OperationRefusedException.class).isThrownBy(
					() -> application.bean(FailoverRuntime.class).drill(Rehearsal.Fault.REFUSE, Duration.ofSeconds(1)))
				.withMessageContaining("failover.drill.enabled=true");
		}
	}

}
