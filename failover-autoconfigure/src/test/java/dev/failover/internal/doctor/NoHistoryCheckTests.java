package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.failover.Role;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.stub.GenerationHistory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NoHistoryCheck}.
 */
final class NoHistoryCheckTests {

	private final CheckContextBuilder context = new CheckContextBuilder().uninspected(CheckContextBuilder.PRIMARY);

	@Test
	void aDatabaseThatTellsNoHistoryIsReported() {
		this.context.inspected(CheckContextBuilder.MIRROR, inspection(new Reading(Role.WRITABLE, null, null)));
		Finding finding = this.context.findingOf(new NoHistoryCheck());
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains("neither replication nor lag is verified");
		assertThat(finding.remedy()).contains("failover.detection.role-query", "dev.failover.dialect.Dialect");
	}

	@Test
	void aHistoryIsFine() {
		this.context.inspected(CheckContextBuilder.MIRROR,
				inspection(new Reading(Role.WRITABLE, null, new GenerationHistory("one", 1L, 1L))));
		assertThat(this.context.findingsOf(new NoHistoryCheck())).isEmpty();
	}

	@Test
	void whatIsRefusedIsReportedElsewhere() {
		Refusal refusal = new Refusal("history()", "42501 permission denied", "It is not known.");
		this.context.inspected(CheckContextBuilder.MIRROR,
				inspection(new Reading(Role.WRITABLE, null, null, List.of(refusal))));
		assertThat(this.context.findingsOf(new NoHistoryCheck())).isEmpty();
	}

	private static NodeInspection inspection(Reading reading) {
		return new NodeInspection(ServerFacts.NOTHING, reading, CheckContextBuilder.REPLICATION, null, Set.of(),
				Duration.ZERO);
	}

}
