package dev.failover.internal.monitor;

import java.util.List;
import java.util.stream.LongStream;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.RouteChange;
import dev.failover.NodeStatusFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecentChanges}.
 */
final class RecentChangesTests {

	@Test
	void keepsTheLastChangesOldestFirst() {
		RecentChanges changes = new RecentChanges(3);
		LongStream.rangeClosed(1, 5).forEach((epoch) -> changes.add(change(epoch)));
		assertThat(changes.all()).extracting(RouteChange::epoch).containsExactly(3L, 4L, 5L);
	}

	@Test
	void returnsCopies() {
		RecentChanges changes = new RecentChanges(3);
		List<RouteChange> before = changes.all();
		changes.add(change(1));
		assertThat(before).isEmpty();
	}

	private static RouteChange change(long epoch) {
		return new RouteChange(epoch, NodeStatusFixture.NOW, Mode.NORMAL, null, NodeStatusFixture.PRIMARY,
				Cause.STARTUP, "", null, 0);
	}

}
