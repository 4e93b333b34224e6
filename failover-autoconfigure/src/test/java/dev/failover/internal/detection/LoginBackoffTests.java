package dev.failover.internal.detection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginBackoff}.
 */
final class LoginBackoffTests {

	private final LoginBackoff logins = new LoginBackoff(Duration.ofMillis(500));

	@Test
	void thePauseDoublesFromTheIntervalUpToHalfAMinute() {
		List<Duration> pauses = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			this.logins.refused();
			pauses.add(this.logins.pause());
		}
		assertThat(pauses).extracting(Duration::toMillis)
			.containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
	}

	@Test
	void neverEndsAfterManyRefusals() {
		for (int i = 0; i < 1_000; i++) {
			this.logins.refused();
		}
		assertThat(this.logins.pause()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void theFirstLoginThatWorksEndsIt() {
		this.logins.refused();
		this.logins.refused();
		this.logins.accepted();
		assertThat(this.logins.isRefused()).isFalse();
		assertThat(this.logins.pause()).isEqualTo(Duration.ofMillis(500));
		this.logins.refused();
		assertThat(this.logins.pause()).isEqualTo(Duration.ofMillis(500));
	}

	@Test
	void anIntervalBeyondTheLongestPauseStays() {
		LoginBackoff rare = new LoginBackoff(Duration.ofMinutes(2));
		rare.refused();
		rare.refused();
		assertThat(rare.pause()).isEqualTo(Duration.ofMinutes(2));
	}

	@Test
	void twoSecondsPassBetweenLoginsWhileTheyAreRefused() {
		long second = Duration.ofSeconds(1).toNanos();
		this.logins.tried(-second);
		assertThat(this.logins.isTooSoon(0)).isFalse();
		this.logins.refused();
		assertThat(this.logins.isTooSoon(0)).isTrue();
		assertThat(this.logins.isTooSoon(second)).isFalse();
	}

}
