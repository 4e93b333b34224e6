package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.failover.History;
import dev.failover.Node;
import dev.failover.ReadOnlyMode;
import dev.failover.Role;
import dev.failover.Topology;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.Reading;
import dev.failover.internal.doctor.DoctorSettings.Work;
import dev.failover.stub.GenerationHistory;
import dev.failover.stub.SharedHistory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SeveralWritersCheck}.
 */
final class SeveralWritersCheckTests {

	private final CheckContextBuilder context = new CheckContextBuilder();

	private void read(Node node, Role role, History history) {
		this.context.inspected(node, new NodeInspection(ServerFacts.NOTHING, new Reading(role, node.name(), history),
				CheckContextBuilder.REPLICATION, null, Set.of(), Duration.ZERO));
	}

	private static SeveralWritersCheck check(Topology topology) {
		return new SeveralWritersCheck(new Work(topology, ReadOnlyMode.HOLD, null, false, List::of, () -> false));
	}

	@Test
	void membersOfAClusterThatAllAcceptWritesAreReportedInTheTopologyStandby() {
		read(CheckContextBuilder.PRIMARY, Role.WRITABLE, new SharedHistory("one", 5));
		read(CheckContextBuilder.MIRROR, Role.WRITABLE, new SharedHistory("one", 4));
		assertThat(this.context.findingOf(check(Topology.STANDBY)).remedy()).contains("failover.topology=multi-writer");
		assertThat(this.context.findingsOf(check(Topology.MULTI_WRITER))).isEmpty();
	}

	@Test
	void aMemberThatIsKeptReadOnlyIsAStandby() {
		read(CheckContextBuilder.PRIMARY, Role.WRITABLE, new SharedHistory("one", 5));
		read(CheckContextBuilder.MIRROR, Role.READ_ONLY, new SharedHistory("one", 4));
		assertThat(this.context.findingsOf(check(Topology.STANDBY))).isEmpty();
	}

	@Test
	void serversThatWriteHistoriesOfTheirOwnAreReportedElsewhere() {
		read(CheckContextBuilder.PRIMARY, Role.WRITABLE, new GenerationHistory("one", 1L));
		read(CheckContextBuilder.MIRROR, Role.WRITABLE, new GenerationHistory("one", 2L));
		assertThat(this.context.findingsOf(check(Topology.STANDBY))).isEmpty();
	}

}
