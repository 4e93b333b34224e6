package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.dialect.Dialect.ServerFacts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GrantsCheck}.
 */
class GrantsCheckTests {

	@Test
	void findsAMissingGrantOnEachNode() {
		ServerFacts server = new ServerFacts(List.of("pg_monitor"), 97);
		List<Finding> found = new CheckContextBuilder().inspected(CheckContextBuilder.PRIMARY, server, null)
			.inspected(CheckContextBuilder.MIRROR, server, null)
			.findingsOf(new GrantsCheck());
		assertThat(found).extracting(Finding::node)
			.containsExactly(CheckContextBuilder.PRIMARY, CheckContextBuilder.MIRROR);
		assertThat(found).extracting(Finding::id).containsOnly("missing-grants");
		assertThat(found.get(0).remedy()).contains("grant pg_monitor to <user>");
	}

	@Test
	void findsNothingForANodeThatWasNotInspected() {
		assertThat(new CheckContextBuilder().uninspected(CheckContextBuilder.MIRROR).findingsOf(new GrantsCheck()))
			.isEmpty();
	}

}
