package dev.failover.internal.doctor;

import java.time.Duration;

import dev.failover.actuator.FailoverStateFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DiagnosisTests {

	private final CheckContextBuilder patient = new CheckContextBuilder().pool(CheckContextBuilder.MIRROR, 4);

	private final Diagnosis diagnosis = new Diagnosis(FailoverStateFixture::normal,
			this.patient.practice(Rounds.usual(Duration.ofSeconds(1))), () -> false);

	@Test
	void tellsOnceWhatIsNewWithItsRemedy(CapturedOutput log) throws InterruptedException {
		this.diagnosis.round();
		this.diagnosis.round();
		assertThat(this.diagnosis.findings()).extracting(Finding::id).containsExactly("pool-smaller");
		assertThat(log.getOut().lines().filter((line) -> line.contains("pool-smaller"))).singleElement()
			.asString()
			.contains("WARN", "Finding pool-smaller on node 'mirror': Its pool has 4 connections",
					"Set 'failover.mirror.hikari.maximum-pool-size' to 10");
	}

}
