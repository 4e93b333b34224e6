package dev.failover.monitor;

import java.util.List;
import java.util.stream.LongStream;

import dev.failover.topology.Cause;
import dev.failover.topology.Mode;
import dev.failover.topology.Transition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class HistoryTests {

	@Test
	void keepsTheLastTransitionsOldestFirst() {
		History history = new History(3);
		LongStream.rangeClosed(1, 5).forEach((epoch) -> history.add(transition(epoch)));
		assertThat(history.all()).extracting(Transition::epoch).containsExactly(3L, 4L, 5L);
	}

	@Test
	void handsOutCopies() {
		History history = new History(3);
		List<Transition> before = history.all();
		history.add(transition(1));
		assertThat(before).isEmpty();
	}

	private static Transition transition(long epoch) {
		return new Transition(epoch, NodeFixture.NOW, Mode.NORMAL, null, NodeFixture.PRIMARY, Cause.STARTUP, "", null,
				0);
	}

}
