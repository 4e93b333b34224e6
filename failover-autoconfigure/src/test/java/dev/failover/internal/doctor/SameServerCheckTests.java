package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.failover.dialect.ServerFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SameServerCheckTests {

	private final Check check = new SameServerCheck();

	@Test
	void oneServerBehindTwoAddressesIsFound() {
		Finding finding = patient("one", 1, "one", 2).findingOf(this.check);
		assertThat(finding.id()).isEqualTo("same-server");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.remedy()).contains("'failover.mirror.url'");
	}

	@Test
	void twoServersBehindOneAddressAreWell() {
		assertThat(patient("one", 1, "two", 1).examinedBy(this.check)).isEmpty();
	}

	@Test
	void whereServersCannotBeToldApartTheirAddressesDecide() {
		assertThat(patient(null, 1, null, 1).examinedBy(this.check)).hasSize(1);
		assertThat(patient(null, 1, null, 2).examinedBy(this.check)).isEmpty();
	}

	@Test
	void nothingIsSaidOfANodeThatWasNotVisited() {
		assertThat(patient("one", 1, "one", 1).unvisited(CheckContextBuilder.MIRROR).examinedBy(this.check)).isEmpty();
	}

	private static CheckContextBuilder patient(@Nullable String primary, int primaryPort, @Nullable String mirror,
			int mirrorPort) {
		return new CheckContextBuilder().visited(CheckContextBuilder.PRIMARY, facts(primary, primaryPort))
			.visited(CheckContextBuilder.MIRROR, facts(mirror, mirrorPort));
	}

	private static NodeInspection facts(@Nullable String instance, int port) {
		return new NodeInspection(new ServerFacts(List.of(), null, instance), null,
				Set.of(new InetSocketAddress("127.0.0.1", port)), Duration.ofMillis(10));
	}

}
