package dev.failover.internal.monitor;

import java.util.List;
import java.util.stream.LongStream;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.RouteChange;
import dev.failover.internal.policy.NodeFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class RecentChangesTests {

	@Test
	void keepsTheLastTransitionsOldestFirst() {
		RecentChanges history = new RecentChanges(3);
		LongStream.rangeClosed(1, 5).forEach((epoch) -> history.add(transition(epoch)));
		assertThat(history.all()).extracting(RouteChange::epoch).containsExactly(3L, 4L, 5L);
	}

	@Test
	void handsOutCopies() {
		RecentChanges history = new RecentChanges(3);
		List<RouteChange> before = history.all();
		history.add(transition(1));
		assertThat(before).isEmpty();
	}

	private static RouteChange transition(long epoch) {
		return new RouteChange(epoch, NodeFixture.NOW, Mode.NORMAL, null, NodeFixture.PRIMARY, Cause.STARTUP, "", null,
				0);
	}

}
