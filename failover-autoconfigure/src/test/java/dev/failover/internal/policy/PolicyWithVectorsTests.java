package dev.failover.internal.policy;

import dev.failover.NodeStatusFixture;
import dev.failover.stub.Histories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/**
 * Tests for {@link Policy} and {@link ConditionRules} with a database that has no
 * generations and no positions in bytes.
 */
final class PolicyWithVectorsTests {

	@BeforeAll
	static void useVectors() {
		NodeStatusFixture.use(Histories.VECTORS);
	}

	@AfterAll
	static void useGenerations() {
		NodeStatusFixture.use(Histories.GENERATIONS);
	}

	@Nested
	class Standby extends PolicyTests {

	}

	@Nested
	class AtStart extends PolicyAtStartTests {

	}

	@Nested
	class Refusals extends PolicyRefusalTests {

	}

	@Nested
	class MultiWriter extends PolicyMultiWriterTests {

	}

	@Nested
	class Reads extends PolicyReadsTests {

	}

	@Nested
	class InPause extends PolicyInPauseTests {

	}

	@Nested
	class ReplacedServers extends PolicyReplacedServerTests {

	}

	@Nested
	class Evidence extends PolicyEvidenceTests {

	}

	@Nested
	class Conditions extends ConditionRulesTests {

	}

}
