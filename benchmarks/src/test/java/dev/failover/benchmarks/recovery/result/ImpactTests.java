package dev.failover.benchmarks.recovery.result;

import org.junit.jupiter.api.Test;

import static dev.failover.benchmarks.recovery.result.Calls.MIRROR;
import static dev.failover.benchmarks.recovery.result.Calls.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

class ImpactTests {

	@Test
	void clientsWithoutAFailureRecoverWithTheirFirstSuccess() {
		Impact reads = reads(
				new Calls().primaryReads().read(1, 2, 4, PRIMARY).read(2, 3, 9, PRIMARY).read(1, 10, 12, PRIMARY));
		assertThat(reads.recovered()).isEqualTo(9.0);
		assertThat(reads.first()).isNull();
		assertThat(reads.failed()).isZero();
	}

	@Test
	void aLastSuccessOnTheLostPrimaryIsNotARecovery() {
		Impact reads = reads(new Calls().read(1, 2, 4, PRIMARY).read(1, 9, 60, MIRROR).read(1, 65, 66, MIRROR));
		assertThat(reads.recovered()).isEqualTo(60.0);
	}

	@Test
	void aSuccessThatBeganBeforeTheFaultIsNotARecovery() {
		Impact reads = reads(new Calls().read(1, -3, 1, PRIMARY).read(1, 6, 8, MIRROR));
		assertThat(reads.recovered()).isEqualTo(8.0);
	}

	@Test
	void aClientRecoversWithTheFirstSuccessAfterItsLastFailure() {
		Impact reads = reads(new Calls().read(1, 1, 2, PRIMARY)
			.failedRead(1, 5, 20)
			.read(1, 25, 30, MIRROR)
			.failedRead(1, 35, 36)
			.read(1, 40, 42, MIRROR)
			.read(1, 50, 52, MIRROR));
		assertThat(reads.recovered()).isEqualTo(42.0);
		assertThat(reads.first()).isEqualTo(30.0);
		assertThat(reads.felt()).isEqualTo(20.0);
		assertThat(reads.failed()).isEqualTo(2);
		assertThat(reads.calls()).isEqualTo(6);
	}

	@Test
	void allHaveRecoveredWhenTheLastOneHas() {
		Impact reads = reads(
				new Calls().failedRead(1, 0, 5).read(1, 6, 7, MIRROR).failedRead(2, 0, 9).read(2, 70, 80, MIRROR));
		assertThat(reads.recovered()).isEqualTo(80.0);
	}

	@Test
	void aDelayedSuccessIsARecoveryWhenItEnds() {
		Impact reads = reads(new Calls().read(1, 1, 2, PRIMARY).read(1, 8, 900, MIRROR).read(1, 905, 906, MIRROR));
		assertThat(reads.recovered()).isEqualTo(900.0);
		assertThat(reads.longest()).isEqualTo(892.0);
	}

	@Test
	void aReadDelayedByADemotionIsARecoveryWhenItEnds() {
		Impact reads = reads(new Calls().primaryReads().read(1, 1, 2, PRIMARY).read(1, 8, 300, PRIMARY));
		assertThat(reads.recovered()).isEqualTo(300.0);
	}

	@Test
	void aSlowCallLongAfterwardsIsNotDueToTheFault() {
		Impact reads = reads(new Calls().primaryReads().read(1, 1, 2, MIRROR).read(1, 5000, 5150, MIRROR));
		assertThat(reads.recovered()).isEqualTo(2.0);
	}

	@Test
	void withOneClientThatEndsWithAFailureAllNeverRecover() {
		Impact reads = reads(new Calls().read(1, 1, 2, MIRROR).read(2, 1, 2, MIRROR).failedRead(2, 9000, 9500));
		assertThat(reads.recovered()).isNull();
		assertThat(reads.afterPromotion()).isNull();
	}

	@Test
	void aClientInALongCallAtTheEndIsStuckAndTheCallCounts() {
		Impact reads = reads(new Calls().read(1, 1, 2, MIRROR).read(2, 1, 2, PRIMARY).pendingRead(2, 10));
		assertThat(reads.stuck()).isOne();
		assertThat(reads.recovered()).isNull();
		assertThat(reads.longest()).isEqualTo(9990.0);
	}

	@Test
	void aClientInAShortCallWhenTheWindowEndsIsNotStuck() {
		Impact reads = reads(new Calls().read(1, 1, 2, MIRROR).pendingRead(1, 9999));
		assertThat(reads.stuck()).isZero();
		assertThat(reads.recovered()).isEqualTo(2.0);
	}

	@Test
	void writesAreAlsoMeasuredFromThePromotion() {
		Calls calls = new Calls().promotedAt(1150)
			.failedWrite(1, 2, 3)
			.write(1, 1190, 1200, MIRROR)
			.failedRead(2, 1, 2);
		Impact writes = Impact.of(calls.observation(), Kind.WRITES);
		assertThat(writes.recovered()).isEqualTo(1200.0);
		assertThat(writes.afterPromotion()).isEqualTo(50.0);
		assertThat(writes.failed()).isOne();
	}

	@Test
	void withoutCallsThereIsNoRecovery() {
		assertThat(reads(new Calls()).recovered()).isNull();
	}

	private static Impact reads(Calls calls) {
		return Impact.of(calls.observation(), Kind.READS);
	}

}
