package dev.failover.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.failover.topology.Cause;
import dev.failover.topology.Condition;
import dev.failover.topology.Condition.Kind;
import dev.failover.topology.FailoverConditionEvent;
import dev.failover.topology.FailoverEvent;
import dev.failover.topology.FailoverObserver;
import dev.failover.topology.LastProbe;
import dev.failover.topology.Mode;
import dev.failover.topology.Node;
import dev.failover.topology.NodeStateChangedEvent;
import dev.failover.topology.NodeStatus;
import dev.failover.topology.Route;
import dev.failover.topology.RouteChangedEvent;
import dev.failover.topology.Transition;
import dev.failover.topology.Verdict;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.failover.monitor.NodeFixture.MIRROR;
import static dev.failover.monitor.NodeFixture.NOW;
import static dev.failover.monitor.NodeFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
final class AnnouncerTests {

	private final Announcer announcer = new Announcer(Runnable::run);

	private final RecordingObserver observer = new RecordingObserver();

	@Test
	void tellsObserversWhatHappensInOrder() {
		this.announcer.attach(List.of(this.observer));
		this.announcer.suspected(PRIMARY);
		this.announcer.probed(PRIMARY, probe());
		this.announcer.conditionChanged(new Condition(Kind.DOWN, MIRROR), true);
		assertThat(this.observer.news).containsExactly("suspected primary", "probed primary DOWN",
				new FailoverConditionEvent(new Condition(Kind.DOWN, MIRROR), true));
	}

	@Test
	void tellsObserversOnceWhatHappenedBeforeTheyWereThere() {
		this.announcer.suspected(PRIMARY);
		this.announcer.suspected(MIRROR);
		this.announcer.attach(List.of(this.observer));
		this.announcer.attach(List.of(this.observer));
		assertThat(this.observer.news).containsExactly("suspected primary", "suspected mirror");
	}

	@Test
	void keepsABoundedNumberOfEarlyNews() {
		IntStream.range(0, 5_000).forEach((i) -> this.announcer.suspected(PRIMARY));
		this.announcer.attach(List.of(this.observer));
		assertThat(this.observer.news).hasSize(1_000);
	}

	@Test
	@Timeout(10)
	void worksWithoutObservers() {
		this.announcer.suspected(PRIMARY);
		this.announcer.attach(List.of());
		this.announcer.suspected(PRIMARY);
		assertThat(this.observer.news).isEmpty();
	}

	@Test
	void anObserverThatFailsHarmsNobody(CapturedOutput output) {
		FailoverObserver failing = new FailoverObserver() {

			@Override
			public void suspected(Node node) {
				throw new IllegalStateException("the observer is broken");
			}

		};
		this.announcer.suspected(PRIMARY);
		this.announcer.attach(List.of(failing, this.observer));
		this.announcer.suspected(MIRROR);
		assertThat(this.observer.news).containsExactly("suspected primary", "suspected mirror");
		assertThat(output).contains("An observer of failover failed", "the observer is broken");
	}

	/**
	 * A listener that writes to the database would wait for the route that the monitor
	 * finds only when it goes on.
	 */
	@Test
	@Timeout(30)
	void anObserverThatIsSlowHoldsUpOnlyTheNewsOfLaterChanges() {
		ExecutorService workers = Executors.newCachedThreadPool();
		CountDownLatch patience = new CountDownLatch(1);
		List<FailoverEvent> news = new CopyOnWriteArrayList<>();
		Announcer announcer = new Announcer(workers);
		try {
			announcer.attach(List.of(new FailoverObserver() {

				@Override
				public void changed(FailoverEvent event) {
					await(patience);
					news.add(event);
				}

			}));
			NodeStatus before = NodeFixture.writable(PRIMARY, 1);
			NodeStatus after = NodeFixture.down(PRIMARY);
			announcer.nodeChanged(before, after);
			announcer.conditionChanged(new Condition(Kind.DOWN, MIRROR), true);
			announcer.nodeChanged(after, before);
			assertThat(news).isEmpty();
			patience.countDown();
			Awaitility.await()
				.untilAsserted(() -> assertThat(news).containsExactly(new NodeStateChangedEvent(before, after),
						new FailoverConditionEvent(new Condition(Kind.DOWN, MIRROR), true),
						new NodeStateChangedEvent(after, before)));
		}
		finally {
			workers.shutdownNow();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aRouteThatCostsSomethingIsOneLineAtWarn(CapturedOutput output) {
		this.announcer.attach(List.of(this.observer));
		RouteChangedEvent event = changed(Mode.READ_ONLY, null, MIRROR, Cause.NODE_LOST, Duration.ofMillis(42), 3);
		this.announcer.routeChanged(event);
		assertThat(output.toString().lines()).filteredOn((line) -> line.contains("Route 2"))
			.singleElement()
			.asString()
			.contains("WARN", "Route 2: READ_ONLY, writes primary -> none, reads -> mirror; node-lost after 42 ms, "
					+ "3 connection(s) in use aborted: primary DOWN");
		assertThat(this.observer.news).containsExactly(event);
	}

	@Test
	void aRouteBackHomeIsOneLineAtInfo(CapturedOutput output) {
		this.announcer.routeChanged(changed(Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED, null, 0));
		assertThat(output.toString().lines()).filteredOn((line) -> line.contains("Route 2"))
			.singleElement()
			.asString()
			.contains("INFO", "writes primary -> primary, reads -> primary; node-returned: primary DOWN")
			.doesNotContain("aborted", " ms");
	}

	@Test
	void aNodeThatChangesIsTold(CapturedOutput output) {
		this.announcer.attach(List.of(this.observer));
		NodeStatus before = NodeFixture.writable(PRIMARY, 1);
		NodeStatus after = NodeFixture.down(PRIMARY);
		this.announcer.nodeChanged(before, after);
		assertThat(output).contains("Node 'primary' is DOWN UNKNOWN (was UP WRITABLE): 08001 refused");
		assertThat(this.observer.news).containsExactly(new NodeStateChangedEvent(before, after));
	}

	private static RouteChangedEvent changed(Mode mode, @Nullable Node writes, @Nullable Node reads, Cause cause,
			@Nullable Duration detection, int aborted) {
		Route before = new Route(PRIMARY, PRIMARY, Mode.NORMAL, 1, NOW, Cause.STARTUP);
		Route after = before.next(writes, reads, mode, NOW, cause);
		return new RouteChangedEvent(before, after,
				new Transition(2, NOW, mode, PRIMARY, writes, cause, "primary DOWN", detection, aborted));
	}

	private static LastProbe probe() {
		return new LastProbe(NOW, Duration.ofMillis(1), Verdict.DOWN, "08001 refused");
	}

	/**
	 * Remembers what it is told.
	 */
	private static final class RecordingObserver implements FailoverObserver {

		private final List<Object> news = new ArrayList<>();

		@Override
		public void probed(Node node, LastProbe probe) {
			this.news.add("probed " + node + " " + probe.verdict());
		}

		@Override
		public void suspected(Node node) {
			this.news.add("suspected " + node);
		}

		@Override
		public void changed(FailoverEvent event) {
			this.news.add(event);
		}

	}

}
