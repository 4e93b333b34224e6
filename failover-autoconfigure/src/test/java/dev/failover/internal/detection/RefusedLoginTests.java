package dev.failover.internal.detection;

import java.time.Duration;
import java.time.Instant;

import dev.failover.BreakerState;
import dev.failover.ErrorClass;
import dev.failover.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.failover.internal.detection.NodeProberFixture.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NodeProber}: logins that the server refuses.
 */
final class RefusedLoginTests extends ProberTest {

	/**
	 * In two seconds a server is asked 66 times at the interval of this test.
	 */
	@Test
	void aRefusedLoginIsRepeatedEverMoreRarely() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.refuse("28P01");
		fixture.start();
		pass(Duration.ofSeconds(2));
		assertThat(fixture.server.connects()).isBetween(2, 8);
		assertThat(fixture.verdicts()).containsOnly(Verdict.IMPAIRED);
	}

	@Test
	void aRefusedLoginIsRareAndImpairedAlsoWhileTheBreakerIsOpenAndProbesAreUrgent() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.refuse("08001");
		fixture.start();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		fixture.server.refuse("28P01");
		fixture.signal.hurry();
		await().until(() -> fixture.verdicts().contains(Verdict.IMPAIRED));
		int before = fixture.server.connects();
		pass(Duration.ofSeconds(2));
		assertThat(fixture.server.connects() - before).isLessThan(8);
		assertThat(fixture.results.get(fixture.results.size() - 1).probe().errorClass())
			.isEqualTo(ErrorClass.UNAUTHORIZED);
		assertThat(fixture.breaker().permits()).isFalse();
	}

	@Test
	void wakingTheProberCausesFewRefusedLogins() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT);
		fixture.server.refuse("28P01");
		fixture.start();
		await().until(() -> fixture.results.size() == 1);
		Instant over = Instant.now().plus(Duration.ofSeconds(1));
		while (Instant.now().isBefore(over)) {
			fixture.signal.suspect();
			fixture.signal.wake();
		}
		assertThat(fixture.server.connects()).isOne();
		await().until(() -> fixture.results.size() == 2);
		assertThat(Duration.between(fixture.results.get(0).probe().at(), fixture.results.get(1).probe().at()))
			.isGreaterThan(Duration.ofMillis(1_900));
	}

	@Test
	void theFirstLoginThatWorksEndsTheRarePauses() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.refuse("28P01");
		fixture.start();
		await().until(() -> fixture.results.size() >= 4);
		fixture.server.accept();
		await().until(() -> fixture.goodProbes() >= 5);
		int refused = fixture.results.size() - Math.toIntExact(fixture.goodProbes());
		assertThat(refused).isLessThan(7);
	}

	@Test
	void aLossIsFoundSoonWhileLoginsAreRefused() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT);
		fixture.server.refuse("28P01");
		fixture.start();
		await().until(() -> fixture.results.size() == 1);
		fixture.server.refuse("08001");
		fixture.signal.suspect();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void anotherReasonForARefusedLoginIsLoggedOnce(CapturedOutput output) {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.refuse("28P01");
		fixture.start();
		await().until(() -> fixture.results.size() >= 2);
		assertThat(output).doesNotContain("refuses the login");
		fixture.server.refuse("28000");
		await().until(() -> output.getOut().contains("still refuses the login, now for another reason: 28000"));
		int seen = fixture.results.size();
		await().until(() -> fixture.results.size() > seen + 1);
		assertThat(output.getOut().split("still refuses", -1)).hasSize(2);
		assertThat(output).contains("Node 'primary' (" + fixture.server.url() + ")");
	}

	private static void pass(Duration time) {
		await().pollDelay(time).until(() -> true);
	}

}
