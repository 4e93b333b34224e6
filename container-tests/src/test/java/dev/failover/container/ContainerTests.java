package dev.failover.container;

import java.util.function.Supplier;

import dev.failover.Mode;
import dev.failover.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application on a pair of containers that are killed, paused and
 * disconnected. Each has a pair of its own, in which commits wait for the mirror.
 */
@Testcontainers(disabledWithoutDocker = true)
abstract class ContainerTests {

	private final Supplier<ContainerPair> pairs;

	private ContainerPair pair;

	ContainerTests(Supplier<ContainerPair> pairs) {
		this.pairs = pairs;
	}

	@BeforeEach
	void startPair() {
		this.pair = this.pairs.get();
		this.pair.start();
	}

	@AfterEach
	void closePair() {
		this.pair.close();
	}

	@Test
	void whenThePrimaryIsKilledWritesFollowThePromotionAndNothingIsLost() {
		try (Application application = Application.start(this.pair); Writers writers = Writers.start(application)) {
			this.pair.primary().kill();
			promote(application, writers);
			assertNothingLost(writers, this.pair.mirror());
		}
	}

	@Test
	void whenThePrimaryIsDisconnectedWritesFollowThePromotionAndNothingIsLost() {
		try (Application application = Application.start(this.pair); Writers writers = Writers.start(application)) {
			this.pair.primary().disconnect();
			promote(application, writers);
			assertNothingLost(writers, this.pair.mirror());
		}
	}

	@Test
	void whenThePrimaryIsPausedWritesFollowThePromotionAndStayThere() {
		try (Application application = Application.start(this.pair); Writers writers = Writers.start(application)) {
			this.pair.primary().pause();
			promote(application, writers);
			this.pair.primary().unpause();
			application.await("an answer of the primary", () -> application.node("primary").isUp());
			writers.awaitSuccesses();
			assertThat(application.state().route().writes()).isEqualTo(new Node("mirror"));
			assertNothingLost(writers, this.pair.mirror());
		}
	}

	@Test
	void whenThePrimaryIsKilledAndStartedAgainWritesReturnToIt() {
		try (Application application = Application.start(this.pair); Writers writers = Writers.start(application)) {
			this.pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			this.pair.primary().start();
			application.awaitMode(Mode.NORMAL);
			writers.awaitSuccesses();
			assertNothingLost(writers, this.pair.primary());
		}
	}

	private void promote(Application application, Writers writers) {
		application.awaitMode(Mode.READ_ONLY);
		this.pair.promote();
		application.awaitMode(Mode.FAILED_OVER);
		writers.awaitSuccesses();
	}

	private static void assertNothingLost(Writers writers, ContainerNode node) {
		writers.stop();
		assertThat(writers.lost(node.stored())).isEmpty();
	}

}
