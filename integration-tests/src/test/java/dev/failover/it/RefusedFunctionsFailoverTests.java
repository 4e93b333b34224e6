package dev.failover.it;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Tests of the loss of a primary whose servers refuse functions to a user without any
 * grant.
 */
class RefusedFunctionsFailoverTests {

	@AutoClose
	private static final EmbeddedPair pair = EmbeddedPair.builder().grantMonitoring(false).start();

	@Test
	void theMirrorIsKeptFromWritesAsNothingShowsWhoseCopyItIs() throws Exception {
		new RefusedFunctionsFailover(pair).run(RefusedFunctions.ALL, Mode.UNAVAILABLE, Kind.UNVERIFIED);
	}

}
