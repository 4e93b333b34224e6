package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.dialect.Dialect.ServerFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionLimitCheck}.
 */
class ConnectionLimitCheckTests {

	private final Check check = new ConnectionLimitCheck();

	@ParameterizedTest
	@CsvSource({ "9, the pools have up to 10", "50, admits 97" })
	void findsAMirrorThatAdmitsTooFewConnections(int limit, String need) {
		Finding finding = new CheckContextBuilder()
			.inspected(CheckContextBuilder.MIRROR, new ServerFacts(List.of(), limit), null)
			.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("connection-limit");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains(limit + " connections", need);
	}

	@Test
	void comparesTheLimitOfTheMirrorWithThePoolOfThePrimary() {
		assertThat(new CheckContextBuilder().pool(CheckContextBuilder.PRIMARY, 98).findingsOf(this.check))
			.extracting(Finding::node)
			.containsExactly(CheckContextBuilder.PRIMARY, CheckContextBuilder.MIRROR);
	}

	@Test
	void findsNothingIfTheLimitIsHighEnoughOrUnknown() {
		assertThat(new CheckContextBuilder().findingsOf(this.check)).isEmpty();
		assertThat(new CheckContextBuilder().inspected(CheckContextBuilder.MIRROR, ServerFacts.NOTHING, null)
			.findingsOf(this.check)).isEmpty();
	}

}
