package dev.failover.it;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Tests of the loss of a primary whose servers refuse functions to a user without any
 * grant.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedFunctionsFailoverTests {

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.builder().grantMonitoring(false).start();

	@Test
	void theMirrorIsKeptFromWritesAsNothingShowsWhoseCopyItIs() throws Exception {
		new RefusedFunctionsFailover(this.pair).run(RefusedFunctions.ALL, Mode.UNAVAILABLE, Kind.UNVERIFIED);
	}

}
