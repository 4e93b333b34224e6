package dev.failover.internal.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.ConditionChangedEvent;
import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStateChangedEvent;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.Verdict;
import dev.failover.Condition.Kind;
import dev.failover.internal.policy.NodeFixture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.failover.internal.policy.NodeFixture.MIRROR;
import static dev.failover.internal.policy.NodeFixture.NOW;
import static dev.failover.internal.policy.NodeFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
final class ChangePublisherTests {

	private final ChangePublisher announcer = new ChangePublisher(Runnable::run);

	private final RecordingObserver observer = new RecordingObserver();

	@Test
	void tellsObserversWhatHappensInOrder() {
		this.announcer.attach(List.of(this.observer));
		this.announcer.suspected(PRIMARY);
		this.announcer.probed(PRIMARY, probe());
		this.announcer.conditionChanged(new Condition(Kind.DOWN, MIRROR, NOW, "It does not answer"), true);
		assertThat(this.observer.news).containsExactly("suspected primary", "probed primary DOWN",
				new ConditionChangedEvent(new Condition(Kind.DOWN, MIRROR, NOW, "It does not answer"), true));
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
		ChangePublisher announcer = new ChangePublisher(workers);
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
			announcer.conditionChanged(new Condition(Kind.DOWN, MIRROR, NOW, "It does not answer"), true);
			announcer.nodeChanged(after, before);
			assertThat(news).isEmpty();
			patience.countDown();
			Awaitility.await()
				.untilAsserted(() -> assertThat(news).containsExactly(new NodeStateChangedEvent(before, after),
						new ConditionChangedEvent(new Condition(Kind.DOWN, MIRROR, NOW, "It does not answer"), true),
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
				new RouteChange(2, NOW, mode, PRIMARY, writes, cause, "primary DOWN", detection, aborted));
	}

	private static Probe probe() {
		return new Probe(NOW, Duration.ofMillis(1), Verdict.DOWN, "08001 refused");
	}

	/**
	 * Remembers what it is told.
	 */
	private static final class RecordingObserver implements FailoverObserver {

		private final List<Object> news = new ArrayList<>();

		@Override
		public void probed(Node node, Probe probe) {
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
