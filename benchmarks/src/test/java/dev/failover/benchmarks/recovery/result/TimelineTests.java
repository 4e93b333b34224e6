package dev.failover.benchmarks.recovery.result;

import org.junit.jupiter.api.Test;

import static dev.failover.benchmarks.recovery.result.Calls.MIRROR;
import static dev.failover.benchmarks.recovery.result.Calls.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

class TimelineTests {

	@Test
	void callsCountWhereTheyEnd() {
		Observation observation = new Calls().read(1, -1005, -1001, PRIMARY)
			.read(1, -1000, -991, PRIMARY)
			.read(1, -20, -1, PRIMARY)
			.failedRead(1, 0, 9)
			.read(1, 9, 10, MIRROR)
			.write(2, 9, 10, MIRROR)
			.observation();
		Timeline timeline = Timeline.of(observation, Kind.READS);
		assertThat(timeline.succeeded()).hasSize(1101);
		assertThat(timeline.succeeded().get(0)).isOne();
		assertThat(timeline.succeeded().get(99)).isOne();
		assertThat(timeline.failed().get(100)).isOne();
		assertThat(timeline.succeeded().get(101)).isOne();
		assertThat(timeline.succeeded().stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
	}

	@Test
	void percentilesCountCallsThatHaveNotEnded() {
		Calls calls = new Calls().read(1, -20, -1, PRIMARY);
		for (int i = 0; i < 99; i++) {
			calls.read(1, i * 10, i * 10 + 2, MIRROR);
		}
		Percentiles percentiles = Percentiles.of(calls.pendingRead(2, 0).observation(), Kind.READS);
		assertThat(percentiles.millis().get(0)).isEqualTo(2.0);
		assertThat(percentiles.millis().get(Percentiles.LEVELS.indexOf(99.0))).isEqualTo(2.0);
		assertThat(percentiles.millis().get(Percentiles.LEVELS.indexOf(100.0))).isEqualTo(10_000.0);
	}

}
