package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;

import dev.failover.FailoverState;
import dev.failover.FailoverStateFixture;
import dev.failover.NodeStateChangedEvent;
import dev.failover.NodeStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Doctor}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DoctorTests {

	private static final Duration NEVER = Duration.ofDays(1);

	private static final NodeStateChangedEvent NODE_CHANGE = new NodeStateChangedEvent(
			NodeStatus.unknown(CheckContextBuilder.MIRROR, "db:1/orders", FailoverStateFixture.START),
			FailoverStateFixture.follower());

	private volatile FailoverState state = FailoverStateFixture.normal();

	private final CheckContextBuilder context = new CheckContextBuilder().pool(CheckContextBuilder.MIRROR, 4);

	private Doctor doctor = doctor(NEVER);

	@AfterEach
	void closeDoctor() {
		this.doctor.close();
	}

	@Test
	void runsTheFirstRoundWhenThereIsARoute() {
		this.state = FailoverStateFixture.undecided();
		this.doctor.changed(NODE_CHANGE);
		assertThat(this.doctor.findings()).isEmpty();
		this.state = FailoverStateFixture.normal();
		awaitFindings(1);
	}

	@Test
	void runsARoundAfterAChangeOfANodeAndLogsWhatHasCleared(CapturedOutput log) {
		this.doctor.changed(NODE_CHANGE);
		awaitFindings(1);
		this.state = loginRefused();
		this.doctor.changed(NODE_CHANGE);
		awaitFindings(2);
		this.state = FailoverStateFixture.normal();
		this.doctor.changed(NODE_CHANGE);
		awaitFindings(1);
		Awaitility.await().until(() -> log.getOut().contains("Finding login-refused on node 'mirror' cleared"));
	}

	@Test
	void runsARoundAfterItsPeriod() {
		this.doctor = doctor(Duration.ofMillis(5));
		this.doctor.changed(NODE_CHANGE);
		awaitFindings(1);
		this.state = loginRefused();
		awaitFindings(2);
	}

	@Test
	void logsANewFindingOnceWithItsRemedy(CapturedOutput log) {
		this.doctor = doctor(Duration.ofMillis(5));
		this.doctor.changed(NODE_CHANGE);
		awaitFindings(1);
		this.state = loginRefused();
		awaitFindings(2);
		assertThat(this.doctor.findings()).extracting(Finding::id).containsExactly("login-refused", "pool-smaller");
		assertThat(log.getOut().lines().filter((line) -> line.contains("pool-smaller"))).singleElement()
			.asString()
			.contains("WARN", "Finding pool-smaller on node 'mirror': Its pool has 4 connections",
					"Set 'failover.mirror.hikari.maximum-pool-size' to 10");
	}

	private static FailoverState loginRefused() {
		return FailoverStateFixture.state(FailoverStateFixture.normal().route(), List.of(),
				List.of(FailoverStateFixture.leader(), FailoverStateFixture.impaired(CheckContextBuilder.MIRROR)),
				List.of());
	}

	private void awaitFindings(int count) {
		Awaitility.await().until(() -> this.doctor.findings().size() == count);
	}

	private Doctor doctor(Duration pause) {
		DoctorSettings settings = this.context
			.doctorSettings(new DoctorSettings.Schedule(Duration.ofMillis(1), pause, pause));
		return new Doctor(() -> this.state, () -> settings);
	}

}
