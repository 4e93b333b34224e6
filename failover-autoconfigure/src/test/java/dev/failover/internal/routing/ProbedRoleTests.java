package dev.failover.internal.routing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbedRole}.
 */
final class ProbedRoleTests {

	private final ProbedRole role = new ProbedRole();

	private final long now = System.nanoTime();

	@Test
	void aProbeThatBeganAfterTheErrorTellsTheRoleAtOnce() {
		this.role.probed(Role.WRITABLE, this.now + 2);
		assertThat(this.role.since(this.now + 1)).isEqualTo(Role.WRITABLE);
	}

	@Test
	void theRoleOfAnEarlierProbeIsNotTold() {
		this.role.probed(Role.WRITABLE, this.now + 1);
		assertThat(this.role.since(this.now + 2)).isEqualTo(Role.UNKNOWN);
	}

	@Test
	void aProbeThatBeganEarlierAndEndsLaterDoesNotReplaceALaterOne() {
		this.role.probed(Role.READ_ONLY, this.now + 2);
		this.role.probed(Role.WRITABLE, this.now + 1);
		assertThat(this.role.since(this.now + 2)).isEqualTo(Role.READ_ONLY);
	}

	@Test
	void aCallerWaitsForTheProbeThatBeganAfterTheError() throws Exception {
		long refused = System.nanoTime();
		CompletableFuture<Role> answer = CompletableFuture.supplyAsync(() -> this.role.since(refused));
		this.role.probed(Role.WRITABLE, refused - 1);
		this.role.probed(Role.READ_ONLY, System.nanoTime());
		assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(Role.READ_ONLY);
	}

	@Test
	void anInterruptedCallerWaitsNoLonger() {
		Thread.currentThread().interrupt();
		assertThat(this.role.since(System.nanoTime() + TimeUnit.MINUTES.toNanos(1))).isEqualTo(Role.UNKNOWN);
		assertThat(Thread.interrupted()).isTrue();
	}

}
