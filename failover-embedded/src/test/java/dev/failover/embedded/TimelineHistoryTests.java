package dev.failover.embedded;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimelineHistory}.
 */
class TimelineHistoryTests {

	private static final int IN_PRODUCTION = 6;

	private final TimelineHistory third = TimelineHistory.parse(3,
			List.of("# a comment", "", "1\t0/3000060\tno recovery target specified", "2\t1/A0\tbefore 2000-01-01"));

	@Test
	void aStandbyOfTheSameTimelineIsIncluded() {
		assertThat(this.third.includes(controlFile(ControlFile.IN_ARCHIVE_RECOVERY, 0x1_0000_0200L, 3))).isTrue();
		assertThat(this.third.includes(controlFile(ControlFile.SHUT_DOWN_IN_RECOVERY, 0x1_0000_0200L, 3))).isTrue();
	}

	@Test
	void aPrimaryThatShutDownBeforeItsTimelineEndedIsIncluded() {
		assertThat(this.third.includes(controlFile(ControlFile.SHUT_DOWN, 0x1_0000_0028L, 2))).isTrue();
		assertThat(this.third.includes(controlFile(ControlFile.SHUT_DOWN, 0x3000028L, 1))).isTrue();
	}

	@Test
	void aPrimaryThatWroteAfterItsTimelineEndedIsNotIncluded() {
		assertThat(this.third.includes(controlFile(ControlFile.SHUT_DOWN, 0x1_0000_00A0L, 2))).isFalse();
		assertThat(this.third.includes(controlFile(ControlFile.SHUT_DOWN, 0x2_0000_0000L, 1))).isFalse();
	}

	@Test
	void aPrimaryThatWasKilledIsNotIncluded() {
		assertThat(this.third.includes(controlFile(IN_PRODUCTION, 0x3000028L, 1))).isFalse();
		assertThat(this.third.includes(controlFile(IN_PRODUCTION, 0x1_0000_0200L, 3))).isFalse();
	}

	@Test
	void aTimelineThatIsNoAncestorIsNotIncluded() {
		assertThat(this.third.includes(controlFile(ControlFile.SHUT_DOWN, 0x28, 4))).isFalse();
		assertThat(this.third.includes(controlFile(ControlFile.SHUT_DOWN_IN_RECOVERY, 0x28, 4))).isFalse();
	}

	private static ControlFile controlFile(int state, long checkpoint, int timeline) {
		return new ControlFile(state, checkpoint, timeline);
	}

}
