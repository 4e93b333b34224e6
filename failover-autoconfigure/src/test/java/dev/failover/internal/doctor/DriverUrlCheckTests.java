package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.dialect.JdbcDriverSettings.Remark;
import dev.failover.dialect.JdbcDriverSettings.Remark.Kind;
import dev.failover.internal.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DriverUrlCheck}.
 */
final class DriverUrlCheckTests {

	@Test
	void reportsWhatTheDriverSaysOfAUrl() {
		List<Finding> findings = new CheckContextBuilder()
			.remarks(CheckContextBuilder.MIRROR,
					new Remark("several-servers", Kind.WARNING, "It has two.", "Name one."),
					new Remark("other", Kind.INFO, "It is slow.", "Speed it up."))
			.findingsOf(new DriverUrlCheck());
		assertThat(findings).containsExactly(
				new Finding("several-servers", Severity.WARNING, CheckContextBuilder.MIRROR, "It has two.",
						"Name one."),
				new Finding("other", Severity.INFO, CheckContextBuilder.MIRROR, "It is slow.", "Speed it up."));
	}

	@Test
	void findsNothingWithoutRemarks() {
		assertThat(new CheckContextBuilder().findingsOf(new DriverUrlCheck())).isEmpty();
	}

}
