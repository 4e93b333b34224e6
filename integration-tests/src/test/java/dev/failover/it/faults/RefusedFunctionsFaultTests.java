package dev.failover.it.faults;

import java.util.List;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.RefusedFunctions;
import dev.failover.it.RefusedFunctionsFailover;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of servers that refuse functions to a user without any grant, in combinations.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedFunctionsFaultTests {

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.builder().grantMonitoring(false).start();

	@Test
	void theRoleIsToldWhicheverTwoFunctionsAreRefused() throws Exception {
		RefusedFunctions functions = new RefusedFunctions(this.pair);
		int count = RefusedFunctions.ALL.size();
		for (int one = 0; one < count; one++) {
			for (int other = one + 1; other < count; other++) {
				functions.assertRolesWithout(List.of(RefusedFunctions.ALL.get(one), RefusedFunctions.ALL.get(other)));
			}
		}
	}

	@ParameterizedTest(name = "without {0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			pg_is_in_recovery()                                 | FAILED_OVER |
			pg_stat_get_wal_receiver()                          | FAILED_OVER | UNVERIFIED
			pg_control_system()                                 | UNAVAILABLE | UNVERIFIED
			pg_current_wal_flush_lsn(), pg_walfile_name(pg_lsn) | UNAVAILABLE | LAGGING""")
	void theMirrorTakesOverAsFarAsItCanBeVerified(String functions, Mode verified, Kind condition) throws Exception {
		new RefusedFunctionsFailover(this.pair).run(List.of(functions.split(", ")), verified, condition);
	}

}
