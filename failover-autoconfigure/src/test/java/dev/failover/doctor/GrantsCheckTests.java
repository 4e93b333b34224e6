package dev.failover.doctor;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.failover.dialect.ServerFacts;

import static org.assertj.core.api.Assertions.assertThat;

class GrantsCheckTests {

	@Test
	void aMissingGrantIsFoundOnEachNode() {
		ServerFacts server = new ServerFacts(List.of("pg_monitor"), 97, "one");
		List<Finding> found = new Patient().visited(Patient.PRIMARY, server, null)
			.visited(Patient.MIRROR, server, null)
			.examinedBy(new GrantsCheck());
		assertThat(found).extracting(Finding::node).containsExactly(Patient.PRIMARY, Patient.MIRROR);
		assertThat(found).extracting(Finding::id).containsOnly("missing-grants");
		assertThat(found.get(0).remedy()).contains("grant pg_monitor to <user>");
	}

	@Test
	void nothingIsSaidOfANodeThatWasNotVisited() {
		assertThat(new Patient().unvisited(Patient.MIRROR).examinedBy(new GrantsCheck())).isEmpty();
	}

}
