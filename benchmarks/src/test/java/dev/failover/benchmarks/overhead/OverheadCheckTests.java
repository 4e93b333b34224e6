package dev.failover.benchmarks.overhead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.failover.benchmarks.overhead.OverheadPlan.Group;
import dev.failover.benchmarks.overhead.OverheadResults.Fork;
import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

final class OverheadCheckTests {

	private final List<Fork> forks = new ArrayList<>();

	@Test
	void noiseIsNoFinding() {
		add(Contenders.HIKARI, 0, 56, 100.0, 100.0, 100.0);
		add(Contenders.FAILOVER, 0, 56.4, 99.0, 130.0, 900.0);
		assertThat(findings()).isEmpty();
	}

	@Test
	void aSlowerPathIsAFinding() {
		add(Contenders.HIKARI, 0, 56, 100.0, 120.0);
		add(Contenders.FAILOVER, 0, 56, 131.0, 160.0);
		assertThat(findings()).hasSize(Operation.values().length)
			.anySatisfy((finding) -> assertThat(finding).contains("getConnection/close", "1.31 is above 1.15"));
	}

	@Test
	void anObjectForEachCallIsAFinding() {
		add(Contenders.HIKARI, 0, 56, 100.0);
		add(Contenders.FAILOVER, 0, 72, 100.0);
		assertThat(findings()).hasSize(Operation.values().length)
			.allSatisfy((finding) -> assertThat(finding).contains("16.0 bytes more"));
	}

	@Test
	void aRatioComparesWithThePoolAloneInTheSameBlock() {
		add(Contenders.HIKARI, 0, 56, 100.0, 900.0, 200.0);
		add(Contenders.FAILOVER, 0, 56, 110.0, 990.0, 220.0);
		add(Contenders.HIKARI, 1, 56, 400.0);
		add(Contenders.FAILOVER, 1, 56, 440.0);
		assertThat(results().ratio(Contenders.FAILOVER, Operation.CONNECTION, 1).low()).isEqualTo(1.1, within(1e-9));
		assertThat(results().ratio(Contenders.FAILOVER, Operation.CONNECTION, 1).high()).isEqualTo(1.1, within(1e-9));
	}

	@Test
	void aContenderThatWasMeasuredWithoutThePoolAloneHasNoRatio() {
		add(Contenders.FAILOVER, 0, 56, 100.0);
		assertThatIllegalStateException()
			.isThrownBy(() -> results().ratio(Contenders.FAILOVER, Operation.CONNECTION, 1))
			.withMessageContaining(Contenders.FAILOVER);
	}

	private void add(String contender, int round, double bytes, Double... nanos) {
		for (Operation operation : Operation.values()) {
			this.forks.add(new Fork(contender, operation, 1, round, Group.CLOSE, List.of(nanos),
					Collections.nCopies(nanos.length, bytes)));
		}
	}

	private List<String> findings() {
		return OverheadCheck.MARGINS.findings(results());
	}

	private OverheadResults results() {
		return new OverheadResults(Instant.EPOCH, new Machine(null, 2, 1024, "os", "jvm", -1), Size.SMALL,
				OverheadPlan.of(Size.SMALL), Map.of(), List.of(), this.forks);
	}

}
