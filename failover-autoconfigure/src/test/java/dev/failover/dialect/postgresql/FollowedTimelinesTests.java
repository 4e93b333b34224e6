package dev.failover.dialect.postgresql;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FollowedTimelines}.
 */
final class FollowedTimelinesTests {

	private final FollowedTimelines timelines = new FollowedTimelines();

	@Test
	void aRunningServerDoesNotReturnToAnEarlierTimeline() {
		assertThat(this.timelines.latest("a", 1L)).isEqualTo(1);
		assertThat(this.timelines.latest("a", 2L)).isEqualTo(2);
		assertThat(this.timelines.latest("a", 1L)).isEqualTo(2);
		assertThat(this.timelines.latest("a", 3L)).isEqualTo(3);
	}

	@Test
	void eachServerHasItsOwnTimeline() {
		this.timelines.latest("a", 5L);
		assertThat(this.timelines.latest("b", 1L)).isEqualTo(1);
	}

	@Test
	void anUnknownServerAndAnUnknownTimelineAreTakenAsTheyAreTold() {
		this.timelines.latest("a", 5L);
		assertThat(this.timelines.latest(null, 1L)).isEqualTo(1);
		assertThat(this.timelines.latest("a", null)).isNull();
	}

	@Test
	void aLimitedNumberOfServersIsRemembered() {
		this.timelines.latest("a", 5L);
		for (int i = 0; i < 64; i++) {
			this.timelines.latest("server" + i, 1L);
		}
		assertThat(this.timelines.latest("a", 1L)).isEqualTo(1);
	}

}
