package dev.failover.it;

import java.sql.SQLException;
import java.util.List;

import dev.failover.Role;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.RefusedFunctions.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is known of a server that refuses functions to a user without any grant.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedFunctionsTests {

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.builder().grantMonitoring(false).start();

	private final RefusedFunctions functions = new RefusedFunctions(this.pair);

	@Test
	void aUserWithoutGrantsIsRefusedNothing() throws SQLException {
		Answer leader = this.functions.read(this.pair.primary());
		Answer follower = this.functions.read(this.pair.mirror());
		assertThat(leader.reading().refusals()).isEmpty();
		assertThat(follower.reading().refusals()).isEmpty();
		assertThat(leader.replication().refusals()).isEmpty();
		assertThat(follower.replication().receiving()).isTrue();
		assertThat(leader.reading().history()).isNotNull()
			.satisfies((history) -> assertThat(history.compare(follower.reading().history()).isSameLine()).isTrue());
	}

	@Test
	void theRoleIsToldWhicheverFunctionIsRefused() throws SQLException {
		for (String function : RefusedFunctions.ALL) {
			this.functions.assertRolesWithout(List.of(function));
		}
		this.functions.assertRolesWithout(RefusedFunctions.ALL);
	}

	@Test
	void aServerIsReadOnlyByItsOwnSettingsOnly() throws SQLException {
		EmbeddedNode primary = this.pair.primary();
		for (String scope : List.of("role " + this.pair.username(), "database " + this.pair.database(), "role all")) {
			this.functions.execute("alter " + scope + " set default_transaction_read_only = on");
			assertThat(this.functions.read(primary).reading().role()).as(scope).isEqualTo(Role.WRITABLE);
			this.functions.revoke(List.of("pg_is_in_recovery()"));
			assertThat(this.functions.read(primary).reading().role()).as(scope).isEqualTo(Role.WRITABLE);
			assertThat(this.functions.read(this.pair.mirror()).reading().role()).as(scope).isEqualTo(Role.READ_ONLY);
			this.functions.grant(List.of("pg_is_in_recovery()"));
			this.functions.execute("alter " + scope + " reset default_transaction_read_only");
		}
		ServerSql.execute(primary, "alter system set default_transaction_read_only = on", "select pg_reload_conf()");
		assertThat(this.functions.read(primary).reading().role()).isEqualTo(Role.READ_ONLY);
		ServerSql.execute(primary, "alter system reset default_transaction_read_only", "select pg_reload_conf()");
		assertThat(this.functions.read(primary).reading().role()).isEqualTo(Role.WRITABLE);
	}

}
