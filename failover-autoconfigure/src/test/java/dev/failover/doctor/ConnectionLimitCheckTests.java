package dev.failover.doctor;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.failover.dialect.ServerFacts;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionLimitCheckTests {

	private final Check check = new ConnectionLimitCheck();

	@ParameterizedTest
	@CsvSource({ "9, a pool of 10", "50, admits 97" })
	void aMirrorThatAdmitsTooFewIsFound(int limit, String need) {
		Finding finding = new Patient().visited(Patient.MIRROR, new ServerFacts(List.of(), limit, "two"), null)
			.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("connection-limit");
		assertThat(finding.node()).isEqualTo(Patient.MIRROR);
		assertThat(finding.problem()).contains(limit + " connections", need);
	}

	@Test
	void thePoolOfThePrimaryCountsForTheMirror() {
		assertThat(new Patient().pool(Patient.PRIMARY, 98).examinedBy(this.check)).extracting(Finding::node)
			.containsExactly(Patient.PRIMARY, Patient.MIRROR);
	}

	@Test
	void enoughAndUnknownAreWell() {
		assertThat(new Patient().examinedBy(this.check)).isEmpty();
		assertThat(new Patient().visited(Patient.MIRROR, ServerFacts.NOTHING, null).examinedBy(this.check)).isEmpty();
	}

}
