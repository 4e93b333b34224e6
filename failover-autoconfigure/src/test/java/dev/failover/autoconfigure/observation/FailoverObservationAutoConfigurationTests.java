package dev.failover.autoconfigure.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.failover.Cause;
import dev.failover.Failover;
import dev.failover.FailoverObserver;
import dev.failover.FailoverObserver.HeldRequest;
import dev.failover.FailoverStateFixture;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Operation;
import dev.failover.Operation.Action;
import dev.failover.Operation.Outcome;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.StubFailover;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static dev.failover.FailoverStateFixture.MIRROR;
import static dev.failover.FailoverStateFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailoverObservationAutoConfiguration} and the observations.
 */
class FailoverObservationAutoConfigurationTests {

	private static final Route ROUTE = FailoverStateFixture.normal().route();

	private final Recorder recorder = new Recorder();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ObservationAutoConfiguration.class, FailoverObservationAutoConfiguration.class))
		.withBean(Recorder.class, () -> this.recorder)
		.withBean(Failover.class, () -> new StubFailover(FailoverStateFixture::normal));

	@Test
	void aFailoverLastsFromTheChangeThatLeavesANodeUntilAnotherTakesWrites() {
		this.contextRunner.run((context) -> {
			FailoverObserver observer = context.getBean(FailoverObserver.class);
			observer.changed(change(2, PRIMARY, null, Cause.NODE_LOST));
			assertThat(this.recorder.stopped).isEmpty();
			observer.changed(change(3, null, MIRROR, Cause.ROLE_CHANGED));
			assertThat(this.recorder.events).containsExactly("changed: node none, epoch 2, node-lost",
					"changed: node mirror, epoch 3, role-changed");
			assertThat(this.recorder.only("failover.route.change")).contains("cause=node-lost", "from=primary",
					"to=mirror", "epoch=3", "detection=42 ms");
		});
	}

	@Test
	void anOperationTellsWhatItConcernsWhatChangedMeanwhileAndHowItEnded() {
		this.contextRunner.run((context) -> {
			FailoverObserver observer = context.getBean(FailoverObserver.class);
			Operation operation = operation();
			observer.operationRequested(operation);
			observer.changed(change(2, PRIMARY, MIRROR, Cause.SWITCHOVER));
			observer.operationEnded(operation, Outcome.DONE);
			assertThat(this.recorder.events).containsExactly("changed: node mirror, epoch 2, switchover",
					"changed: node mirror, epoch 2, switchover");
			assertThat(this.recorder.only("failover.operation")).contains("action=switchover", "node=mirror",
					"outcome=done");
		});
	}

	@Test
	void whatHasNotEndedEndsWithTheApplication() {
		this.contextRunner.run((context) -> {
			FailoverObserver observer = context.getBean(FailoverObserver.class);
			observer.changed(change(2, PRIMARY, null, Cause.NODE_LOST));
			observer.operationRequested(operation());
			context.close();
			assertThat(this.recorder.only("failover.route.change")).contains("to=none");
			assertThat(this.recorder.only("failover.operation")).contains("outcome=none");
		});
	}

	@Test
	void theOldestOfTooManyOperationsEnds() {
		this.contextRunner.run((context) -> {
			FailoverObserver observer = context.getBean(FailoverObserver.class);
			for (int i = 0; i <= 16; i++) {
				assertThat(this.recorder.stopped).isEmpty();
				observer.operationRequested(
						new Operation(Action.DRILL, MIRROR, null, "alice", Instant.EPOCH.plusSeconds(i)));
			}
			assertThat(this.recorder.only("failover.operation")).contains("outcome=none");
		});
	}

	@Test
	void aHeldRequestIsPartOfWhatItsThreadObserves() {
		this.contextRunner.run((context) -> {
			Observation request = Observation.start("request", context.getBean(ObservationRegistry.class));
			request.scoped(() -> {
				HeldRequest held = Objects.requireNonNull(context.getBean(FailoverObserver.class).held());
				held.ended(ROUTE, PRIMARY, Duration.ofMillis(820));
			});
			assertThat(this.recorder.events)
				.containsExactly("served: node primary, epoch " + ROUTE.epoch() + ", held for 820 ms");
			assertThat(this.recorder.only("failover.hold")).contains("node=primary", "outcome=served",
					"epoch=" + ROUTE.epoch(), "held.for=820 ms", "parent=request");
		});
	}

	@Test
	void aRefusedRequestHasNoNode() {
		this.contextRunner.run((context) -> {
			HeldRequest held = Objects.requireNonNull(context.getBean(FailoverObserver.class).held());
			held.ended(ROUTE, null, Duration.ofSeconds(5));
			assertThat(this.recorder.only("failover.hold")).contains("node=none", "outcome=refused");
		});
	}

	@Test
	void withoutHandlersAHeldRequestIsNotObserved() {
		assertThat(new FailoverObservations(ObservationRegistry.NOOP).held()).isNull();
	}

	@Test
	void withoutMicrometerOrARegistryThereIsNoObserver() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverObserver.class));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FailoverObservationAutoConfiguration.class))
			.withBean(Failover.class, () -> new StubFailover(FailoverStateFixture::normal))
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverObserver.class));
	}

	private static Operation operation() {
		return new Operation(Action.SWITCHOVER, MIRROR, null, "alice", Instant.EPOCH);
	}

	private static RouteChangedEvent change(long epoch, @Nullable Node from, @Nullable Node to, Cause cause) {
		return new RouteChangedEvent(ROUTE, ROUTE, new RouteChange(epoch, Instant.EPOCH, Mode.NORMAL, from, to, cause,
				"evidence", Duration.ofMillis(42), 0));
	}

	/**
	 * Keeps the events and the observations that have stopped.
	 */
	private static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> events = new ArrayList<>();

		private final List<Observation.Context> stopped = new ArrayList<>();

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			this.events.add(event.getContextualName());
		}

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		/**
		 * Returns the key values and the parent of the only observation of a name.
		 */
		List<String> only(String name) {
			List<Observation.Context> found = this.stopped.stream()
				.filter((context) -> name.equals(context.getName()))
				.toList();
			assertThat(found).hasSize(1);
			Observation.Context context = found.get(0);
			List<String> values = new ArrayList<>();
			context.getAllKeyValues().forEach((value) -> values.add(value.getKey() + "=" + value.getValue()));
			if (context.getParentObservation() != null) {
				values.add("parent=" + context.getParentObservation().getContextView().getName());
			}
			return values;
		}

	}

}
