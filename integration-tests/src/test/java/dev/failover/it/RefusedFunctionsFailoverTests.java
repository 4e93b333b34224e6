package dev.failover.it;

import java.util.List;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of the loss of a primary whose servers refuse functions to a user without any
 * grant.
 */
class RefusedFunctionsFailoverTests {

	@AutoClose
	private static final EmbeddedPair pair = EmbeddedPair.builder().grantMonitoring(false).start();

	@ParameterizedTest(name = "without {0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			pg_control_system()                                 | UNAVAILABLE | UNVERIFIED
			pg_current_wal_flush_lsn(), pg_walfile_name(pg_lsn) | UNAVAILABLE | LAGGING
			all                                                 | UNAVAILABLE | UNVERIFIED""")
	void theMirrorTakesOverAsFarAsItCanBeVerified(String names, Mode verified, Kind condition) throws Exception {
		List<String> refused = names.equals("all") ? RefusedFunctions.ALL : List.of(names.split(", "));
		new RefusedFunctionsFailover(pair).run(refused, verified, condition);
	}

}
