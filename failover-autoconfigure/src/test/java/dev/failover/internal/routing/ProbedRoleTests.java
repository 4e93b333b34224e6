package dev.failover.internal.routing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.failover.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ProbedRole}.
 */
@Timeout(60)
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
		long refused = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		AtomicReference<@Nullable Role> answer = new AtomicReference<>();
		Thread caller = new Thread(() -> answer.set(this.role.since(refused)), "caller");
		caller.start();
		await().pollInterval(Duration.ofMillis(1)).until(() -> caller.getState() == Thread.State.TIMED_WAITING);
		this.role.probed(Role.WRITABLE, refused - 1);
		this.role.probed(Role.READ_ONLY, refused + 1);
		caller.join();
		assertThat(answer).hasValue(Role.READ_ONLY);
		this.role.probed(Role.WRITABLE, refused + 2);
		assertThat(this.role.since(refused)).isEqualTo(Role.WRITABLE);
	}

	@Test
	void anInterruptedCallerWaitsNoLonger() {
		Thread.currentThread().interrupt();
		assertThat(this.role.since(System.nanoTime() + TimeUnit.MINUTES.toNanos(1))).isEqualTo(Role.UNKNOWN);
		assertThat(Thread.interrupted()).isTrue();
	}

}
