package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

import dev.failover.Role;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.Reading;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SameServerCheck}.
 */
class SameServerCheckTests {

	private final Check check = new SameServerCheck();

	@Test
	void findsOneServerBehindTwoAddresses() {
		Finding finding = context("one", 1, "one", 2).findingOf(this.check);
		assertThat(finding.id()).isEqualTo("same-server");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.remedy()).contains("'failover.mirror.url'");
	}

	@Test
	void findsNothingForTwoServersBehindOneAddress() {
		assertThat(context("one", 1, "two", 1).findingsOf(this.check)).isEmpty();
	}

	@Test
	void comparesAddressesIfTheServersCannotBeIdentified() {
		assertThat(context(null, 1, null, 1).findingsOf(this.check)).hasSize(1);
		assertThat(context(null, 1, null, 2).findingsOf(this.check)).isEmpty();
	}

	@Test
	void addressesOfAUrlThatNamesSeveralServersSayNothing() {
		assertThat(context(null, 1, null, 1).servers("127.0.0.1", "127.0.0.2").findingsOf(this.check)).isEmpty();
	}

	@Test
	void findsNothingForANodeThatWasNotInspected() {
		assertThat(context("one", 1, "one", 1).uninspected(CheckContextBuilder.MIRROR).findingsOf(this.check))
			.isEmpty();
	}

	private static CheckContextBuilder context(@Nullable String primary, int primaryPort, @Nullable String mirror,
			int mirrorPort) {
		return new CheckContextBuilder().inspected(CheckContextBuilder.PRIMARY, inspection(primary, primaryPort))
			.inspected(CheckContextBuilder.MIRROR, inspection(mirror, mirrorPort));
	}

	private static NodeInspection inspection(@Nullable String instance, int port) {
		return new NodeInspection(ServerFacts.NOTHING, new Reading(Role.WRITABLE, instance, null),
				CheckContextBuilder.REPLICATION, null, Set.of(new InetSocketAddress("127.0.0.1", port)),
				Duration.ofMillis(10));
	}

}
