package dev.failover.internal.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.failover.BreakerState;
import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.ConditionChangedEvent;
import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStateChangedEvent;
import dev.failover.NodeStatus;
import dev.failover.NodeStatusFixture;
import dev.failover.Operation;
import dev.failover.Operation.Action;
import dev.failover.Operation.Outcome;
import dev.failover.OperationRefusedException;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.Verdict;
import dev.failover.stub.Failures;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChangePublisher}.
 */
@ExtendWith(OutputCaptureExtension.class)
final class ChangePublisherTests {

	private static final Condition DOWN = new Condition(Kind.DOWN, MIRROR, NOW, "It does not answer");

	private final ChangePublisher publisher = new ChangePublisher(Runnable::run);

	private final RecordingObserver observer = new RecordingObserver();

	@Test
	void observersAreCalledInOrder() {
		this.publisher.attach(List.of(this.observer));
		this.publisher.suspected(PRIMARY);
		this.publisher.probed(PRIMARY, probe());
		this.publisher.conditionChanged(DOWN, true, state(Mode.NORMAL, true));
		assertThat(this.observer.calls).containsExactly("suspected primary", "probed primary DOWN",
				new ConditionChangedEvent(DOWN, true));
	}

	@Test
	void earlyNotificationsAreDeliveredOnce() {
		this.publisher.suspected(PRIMARY);
		this.publisher.suspected(MIRROR);
		this.publisher.attach(List.of(this.observer));
		this.publisher.attach(List.of(this.observer));
		assertThat(this.observer.calls).containsExactly("suspected primary", "suspected mirror");
	}

	@Test
	void earlyNotificationsAreBounded() {
		IntStream.range(0, 5_000).forEach((i) -> this.publisher.suspected(PRIMARY));
		this.publisher.attach(List.of(this.observer));
		assertThat(this.observer.calls).hasSize(1_000);
	}

	@Test
	@Timeout(10)
	void worksWithoutObservers() {
		this.publisher.suspected(PRIMARY);
		this.publisher.attach(List.of());
		this.publisher.suspected(PRIMARY);
		assertThat(this.observer.calls).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void anObserverThatThrowsIsLoggedAndTheOthersAreCalled(Supplier<Throwable> failure, CapturedOutput output) {
		FailoverObserver failing = new FailoverObserver() {

			@Override
			public void suspected(Node node) {
				Failures.raise(failure.get());
			}

		};
		this.publisher.suspected(PRIMARY);
		this.publisher.attach(List.of(failing, this.observer));
		this.publisher.suspected(MIRROR);
		assertThat(this.observer.calls).containsExactly("suspected primary", "suspected mirror");
		assertThat(output).contains("has thrown an exception", failure.get().getMessage());
	}

	@Test
	void anObserverThatDoesNotReturnMissesTheOldestOfTooManyNotifications(CapturedOutput output) {
		List<Runnable> work = new ArrayList<>();
		ChangePublisher slow = new ChangePublisher(work::add);
		slow.attach(List.of(this.observer));
		for (int i = 0; i < 5_000; i++) {
			slow.conditionChanged(DOWN, i % 2 == 0, state(Mode.NORMAL, true));
		}
		assertThat(work).hasSize(1);
		work.forEach(Runnable::run);
		assertThat(this.observer.calls).hasSize(1_000);
		assertThat(output).contains("notifications were dropped");
	}

	@Test
	void aChangeThatFoundNoWorkerIsToldWithTheNextOne() {
		List<Runnable> work = new ArrayList<>();
		ChangePublisher starved = new ChangePublisher((delivery) -> {
			work.add(delivery);
			if (work.size() == 1) {
				throw new OutOfMemoryError("unable to create native thread");
			}
		});
		starved.attach(List.of(this.observer));
		starved.conditionChanged(DOWN, true, state(Mode.NORMAL, true));
		starved.conditionChanged(DOWN, false, state(Mode.NORMAL, true));
		work.get(1).run();
		assertThat(this.observer.calls).containsExactly(new ConditionChangedEvent(DOWN, true),
				new ConditionChangedEvent(DOWN, false));
	}

	/**
	 * A listener that writes to the database may wait for a route that the monitor
	 * publishes later.
	 */
	@Test
	@Timeout(30)
	void aSlowObserverDelaysLaterNotificationsOnly() {
		ExecutorService workers = Executors.newCachedThreadPool();
		CountDownLatch latch = new CountDownLatch(1);
		List<FailoverEvent> events = new CopyOnWriteArrayList<>();
		ChangePublisher asynchronous = new ChangePublisher(workers);
		try {
			asynchronous.attach(List.of(new FailoverObserver() {

				@Override
				public void changed(FailoverEvent event) {
					await(latch);
					events.add(event);
				}

			}));
			NodeStatus before = NodeStatusFixture.writable(PRIMARY, 1);
			NodeStatus after = NodeStatusFixture.down(PRIMARY);
			asynchronous.nodeChanged(before, after);
			asynchronous.conditionChanged(DOWN, true, state(Mode.NORMAL, true));
			asynchronous.nodeChanged(after, before);
			assertThat(events).isEmpty();
			latch.countDown();
			Awaitility.await()
				.untilAsserted(() -> assertThat(events).containsExactly(new NodeStateChangedEvent(before, after),
						new ConditionChangedEvent(DOWN, true), new NodeStateChangedEvent(after, before)));
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
	void theFirstRouteIsLoggedInOneLineWithWhatIsNotCovered(CapturedOutput output) {
		start(Mode.NORMAL, PRIMARY, PRIMARY);
		assertLine(output, "INFO", "Failover is on.", "Node 'primary' (db:1/orders): UP WRITABLE",
				"Node 'mirror' (db:1/orders): UP READ_ONLY", "Route 1: NORMAL, writes -> primary, reads -> primary",
				"within 1750 ms", "must promote 'mirror'", "unless replication is synchronous");
		assertThat(output).doesNotContain("nothing verifies");
	}

	@Test
	void theFirstLineNamesServersAndMentionsNoLostCommitsIfReplicationIsSynchronous(CapturedOutput output) {
		Replication synchronous = new Replication(true, Duration.ZERO, 0L, NOW, true, null);
		NodeStatus mirror = new NodeStatus(MIRROR, "db2/orders", "Database 18.1", null, NodeState.UP, Role.READ_ONLY,
				BreakerState.CLOSED, NOW, NOW, null, null, synchronous);
		Route undecided = Route.undecided(NOW);
		Route route = undecided.next(PRIMARY, List.of(PRIMARY), Mode.NORMAL, NOW, Cause.STARTUP);
		this.publisher.routeChanged(event(undecided, route, null, 0),
				state(route, true, NodeStatusFixture.writable(PRIMARY, 1), mirror));
		assertLine(output, "INFO", "Node 'mirror' (db2/orders): Database 18.1, UP READ_ONLY", "must promote 'mirror'",
				"; nothing verifies that 'mirror' holds the data of the primary");
		assertThat(output).doesNotContain("unless replication is synchronous");
	}

	@Test
	void aFirstRouteWithoutANodeForWritesIsLoggedAtError(CapturedOutput output) {
		start(Mode.READ_ONLY, null, MIRROR);
		assertLine(output, "ERROR", "Failover is on.", "No node takes writes", "reads are served by 'mirror'",
				"Promote a node");
	}

	@Test
	void whereAllNodesTakeWritesNobodyHasToPromoteOne(CapturedOutput output) {
		Route undecided = Route.undecided(NOW);
		Route route = undecided.next(PRIMARY, List.of(PRIMARY), Mode.NORMAL, NOW, Cause.STARTUP);
		this.publisher.routeChanged(event(undecided, route, null, 0),
				state(route, true, NodeStatusFixture.writable(PRIMARY, 1), NodeStatusFixture.writable(MIRROR, 1)));
		assertLine(output, "INFO", "Not covered: transactions in flight on a lost node fail");
		assertThat(output).doesNotContain("must promote");
	}

	@Test
	void aMirrorThatDoesNotAnswerIsNotNamedAsOneWhoseDataNothingVerifies(CapturedOutput output) {
		Route undecided = Route.undecided(NOW);
		Route route = undecided.next(PRIMARY, List.of(PRIMARY), Mode.NORMAL, NOW, Cause.STARTUP);
		this.publisher.routeChanged(event(undecided, route, null, 0), state(route, true,
				NodeStatusFixture.up(PRIMARY, Role.WRITABLE, null, null), NodeStatusFixture.neverSeen(MIRROR)));
		assertLine(output, "INFO", "must promote 'mirror'");
		assertThat(output).doesNotContain("nothing verifies");
	}

	private void start(Mode mode, @Nullable Node writes, @Nullable Node reads) {
		Route undecided = Route.undecided(NOW);
		Route route = undecided.next(writes, nodes(reads), mode, NOW, Cause.STARTUP);
		this.publisher.routeChanged(event(undecided, route, null, 0), state(route, true));
	}

	@ParameterizedTest(name = "{0} by {1}: {2}")
	@CsvSource(nullValues = "-",
			textBlock = """
					NORMAL,      NODE_RETURNED, INFO,  primary, primary, served by 'primary' again
					NORMAL,      FAILBACK,      INFO,  primary, primary, served by 'primary' again
					NORMAL,      READS_MOVED,   INFO,  primary, mirror,  Only reads moved
					FAILED_OVER, SWITCHOVER,    INFO,  mirror,  mirror,  the action 'failback'
					FAILED_OVER, NODE_LOST,     WARN,  mirror,  mirror,  Bring 'primary' back as a replica of 'mirror'
					FAILED_OVER, ROLE_CHANGED,  WARN,  mirror,  mirror,  Bring 'primary' back as a replica of 'mirror'
					READ_ONLY,   ROLE_CHANGED,  WARN,  -,       mirror,  Unless a planned switchover of the database is under way
					READ_ONLY,   NODE_LOST,     ERROR, -,       mirror,  Promote a node with the cluster manager
					UNAVAILABLE, NODE_LOST,     ERROR, -,       -,       No node serves
					""")
	void theLogLevelOfARouteDependsOnModeAndCause(Mode mode, Cause cause, String level, @Nullable String writes,
			@Nullable String reads, String consequence, CapturedOutput output) {
		this.publisher.attach(List.of(this.observer));
		RouteChangedEvent event = changed(mode, node(writes), node(reads), cause, null, 0);
		this.publisher.routeChanged(event, state(event.current(), true));
		assertLine(output, level, "Route 2: " + mode + ", writes primary (db:1/orders) -> ", cause.label(),
				consequence);
		assertThat(output).doesNotContain("aborted");
		assertThat(this.observer.calls).containsExactly(event);
	}

	@Test
	void aRouteLineHasDetectionTimeAbortedConnectionsAndEvidence(CapturedOutput output) {
		RouteChangedEvent event = changed(Mode.READ_ONLY, null, MIRROR, Cause.NODE_LOST, Duration.ofMillis(42), 3);
		this.publisher.routeChanged(event, state(event.current(), true));
		assertLine(output, "ERROR",
				"Route 2: READ_ONLY, writes primary (db:1/orders) -> none, reads -> mirror (db:1/orders); "
						+ "node-lost after 42 ms, 3 connection(s) in use aborted: primary DOWN. No node takes writes");
	}

	@Test
	void aChangeOfANodeIsLoggedInOneLineWithItsError(CapturedOutput output) {
		this.publisher.attach(List.of(this.observer));
		NodeStatus before = NodeStatusFixture.writable(PRIMARY, 1);
		NodeStatus after = NodeStatusFixture.down(PRIMARY);
		this.publisher.nodeChanged(before, after);
		assertLine(output, "INFO", "Node 'primary' (db:1/orders) is DOWN UNKNOWN (was UP WRITABLE): 08001 refused");
		assertThat(this.observer.calls).containsExactly(new NodeStateChangedEvent(before, after));
	}

	@ParameterizedTest(name = "{0}, automatic {1}: {2}")
	@CsvSource({ "LAGGING, true, WARN", "DOWN, true, WARN", "DOWN, false, ERROR", "IMPAIRED, false, ERROR",
			"SPLIT_BRAIN, true, ERROR", "PAUSED, false, INFO" })
	void theLogLevelOfAConditionDependsOnItsKind(Kind kind, boolean automatic, String level, CapturedOutput output) {
		Node node = kind.isOfNode() ? PRIMARY : null;
		this.publisher.conditionChanged(new Condition(kind, node, NOW, "A detail"), true,
				state(Mode.NORMAL, automatic));
		assertLine(output, level, "Condition " + kind + (kind.isOfNode() ? " of node 'primary' (db:1/orders)" : "")
				+ " raised: A detail");
	}

	@Test
	void theEndOfAConditionIsLoggedAtInfo(CapturedOutput output) {
		this.publisher.conditionChanged(DOWN, false, state(Mode.NORMAL, true));
		assertLine(output, "INFO", "Condition DOWN of node 'mirror' (db:1/orders) cleared");
	}

	@Test
	void requestAndEndOfAnOperationAreLoggedInOneLineEach(CapturedOutput output) {
		this.publisher.attach(List.of(this.observer));
		Operation operation = new Operation(Action.SWITCHOVER, MIRROR, "forced", "alice", NOW);
		FailoverState state = state(Mode.NORMAL, true);
		this.publisher.operationRequested(operation, state);
		this.publisher.operationEnded(operation, Duration.ofMillis(20), null, state);
		this.publisher.operationEnded(operation, Duration.ofMillis(20), new OperationRefusedException("not now"),
				state);
		this.publisher.operationEnded(operation, Duration.ofMillis(20), new IllegalStateException("broken"), state);
		String label = "Operation 'switchover' to mirror (db:1/orders), forced, requested by alice";
		assertThat(output.toString().lines()).filteredOn((line) -> line.contains("Operation "))
			.satisfiesExactly((line) -> assertThat(line).contains("INFO", label + ": new requests are held"),
					(line) -> assertThat(line).contains("INFO", label + " is done after 20 ms"),
					(line) -> assertThat(line).contains("WARN", label + " was refused after 20 ms: not now"),
					(line) -> assertThat(line).contains("ERROR", label + " has failed after 20 ms"));
		assertThat(this.observer.calls).containsExactly("switchover DONE", "switchover REFUSED", "switchover FAILED");
	}

	@Test
	void whileADrillIsUnderWayNobodyIsAskedToPromoteANode(CapturedOutput output) {
		Operation drill = new Operation(Action.DRILL, PRIMARY, "freeze for PT5S", "alice", NOW);
		RouteChangedEvent lost = changed(Mode.READ_ONLY, null, MIRROR, Cause.NODE_LOST, null, 0);
		FailoverState state = state(lost.current(), true);
		this.publisher.operationRequested(drill, state);
		this.publisher.operationRequested(drill, state);
		this.publisher.operationEnded(drill, Duration.ZERO, new OperationRefusedException("another one"), state);
		this.publisher.routeChanged(lost, state);
		this.publisher.conditionChanged(DOWN, true, state);
		this.publisher.operationEnded(drill, Duration.ofSeconds(5), null, state);
		this.publisher.routeChanged(lost, state);
		assertThat(output.toString().lines()).filteredOn((line) -> line.contains("READ_ONLY") || line.contains("DOWN"))
			.satisfiesExactly(
					(line) -> assertThat(line).contains("WARN", "A drill is under way").doesNotContain("Promote"),
					(line) -> assertThat(line).contains("WARN", "It does not answer. A drill is under way"),
					(line) -> assertThat(line).contains("ERROR", "Promote").doesNotContain("drill"));
	}

	@Test
	void aNodeThatAnswersAgainIsToldWithWhatItWaitsFor(CapturedOutput output) {
		NodeStatus before = NodeStatusFixture.down(PRIMARY);
		this.publisher.nodeChanged(before, NodeStatusFixture.returning(PRIMARY));
		assertLine(output, "INFO", "is DOWN WRITABLE (was DOWN UNKNOWN): it answers again");
	}

	private static void assertLine(CharSequence output, String level, String... parts) {
		assertThat(output.toString().lines()).singleElement(InstanceOfAssertFactories.STRING)
			.contains(level + " ")
			.contains(parts);
	}

	private static List<Node> nodes(@Nullable Node node) {
		return (node != null) ? List.of(node) : List.of();
	}

	private static RouteChangedEvent changed(Mode mode, @Nullable Node writes, @Nullable Node reads, Cause cause,
			@Nullable Duration detection, int aborted) {
		Route before = new Route(PRIMARY, List.of(PRIMARY), Mode.NORMAL, 1, NOW, Cause.STARTUP);
		return event(before, before.next(writes, nodes(reads), mode, NOW, cause), detection, aborted);
	}

	private static RouteChangedEvent event(Route before, Route after, @Nullable Duration detection, int aborted) {
		return new RouteChangedEvent(before, after, new RouteChange(after.epoch(), NOW, after.mode(), before.writes(),
				after.writes(), after.cause(), "primary DOWN", detection, aborted));
	}

	private static FailoverState state(Mode mode, boolean automatic) {
		return state(new Route(PRIMARY, List.of(PRIMARY), mode, 1, NOW, Cause.STARTUP), automatic);
	}

	private static FailoverState state(Route route, boolean automatic) {
		return state(route, automatic, NodeStatusFixture.writable(PRIMARY, 1), NodeStatusFixture.standby(MIRROR, 1));
	}

	private static FailoverState state(Route route, boolean automatic, NodeStatus... nodes) {
		return new FailoverState(route, automatic, true, List.of(), null, Duration.ofMillis(1750), "bytes",
				List.of(nodes), List.of());
	}

	private static @Nullable Node node(@Nullable String name) {
		return (name != null) ? new Node(name) : null;
	}

	private static Probe probe() {
		return new Probe(NOW, Duration.ofMillis(1), Verdict.DOWN, "08001 refused");
	}

	/**
	 * Observer that records its calls.
	 */
	private static final class RecordingObserver implements FailoverObserver {

		private final List<Object> calls = new ArrayList<>();

		@Override
		public void probed(Node node, Probe probe) {
			this.calls.add("probed " + node + " " + probe.verdict());
		}

		@Override
		public void suspected(Node node) {
			this.calls.add("suspected " + node);
		}

		@Override
		public void changed(FailoverEvent event) {
			this.calls.add(event);
		}

		@Override
		public void operationEnded(Operation operation, Outcome outcome) {
			this.calls.add(operation.action().label() + " " + outcome);
		}

	}

}
