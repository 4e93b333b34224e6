package dev.failover.it;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.doctor.Doctor;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loss of a primary whose servers refuse functions to a user without any grant. One
 * application verifies replication, the other one does not.
 */
public final class RefusedFunctionsFailover {

	private final EmbeddedPair pair;

	private final RefusedFunctions functions;

	public RefusedFunctionsFailover(EmbeddedPair pair) {
		this.pair = pair;
		this.functions = new RefusedFunctions(this.pair);
	}

	/**
	 * Kills the primary and promotes the mirror while both refuse functions.
	 * @param verified mode of the application that verifies replication in the end
	 * @param condition condition of its mirror before, which names a function; null if
	 * there is none
	 */
	public void run(List<String> refused, Mode verified, @Nullable Kind condition) throws SQLException {
		EmbeddedNode leader = this.functions.leader();
		EmbeddedNode follower = this.functions.follower();
		this.functions.execute("create table if not exists public.t (n int)", "grant all on public.t to public");
		this.functions.revoke(refused);
		try (Application verifying = start(leader, follower, true);
				Application trusting = start(leader, follower, false)) {
			awaitFinding(verifying, refused);
			if (condition != null) {
				verifying.awaitCondition(condition, "mirror");
				assertThat(verifying.conditions()).anySatisfy((found) -> {
					assertThat(found.kind()).isEqualTo(condition);
					assertThat(refused)
						.anyMatch((function) -> found.detail().contains(function.substring(0, function.indexOf('('))));
				});
			}
			else {
				verifying.awaitReady();
			}
			assertThat(verifying.state().route().mode()).isEqualTo(Mode.NORMAL);
			leader.kill();
			follower.promoteAlone();
			trusting.awaitMode(Mode.FAILED_OVER);
			assertThat(trusting.jdbc().update("insert into public.t values (1)")).isOne();
			verifying.awaitMode(verified);
			if (verified == Mode.UNAVAILABLE && condition != null) {
				awaitCondition(verifying, condition, refused);
			}
			assertThat(List.of(verifying, trusting))
				.allSatisfy((application) -> assertThat(application.conditions()).extracting(Condition::kind)
					.doesNotContain(Kind.IMPAIRED));
		}
		finally {
			leader.rejoin();
			new RefusedFunctions(this.pair).grant(refused);
		}
	}

	/**
	 * Waits for a condition of the mirror that names a function that is refused.
	 */
	private static void awaitCondition(Application application, Kind kind, List<String> refused) {
		application.await(kind + " that names one of " + refused, () -> application.conditions()
			.stream()
			.anyMatch((found) -> found.kind() == kind && refused.stream()
				.anyMatch((function) -> found.detail().contains(function.substring(0, function.indexOf('('))))));
	}

	private Application start(EmbeddedNode leader, EmbeddedNode follower, boolean verify) {
		List<String> properties = new ArrayList<>(List.of("spring.datasource.url=" + leader.jdbcUrl(),
				"spring.datasource.username=" + this.pair.username(),
				"spring.datasource.password=" + this.pair.password(), "failover.mirror.url=" + follower.jdbcUrl(),
				"failover.replication.verify=" + verify, "spring.datasource.hikari.maximum-pool-size=2"));
		return Application.start(properties);
	}

	private static void awaitFinding(Application application, List<String> refused) {
		application.await("a finding that names what is refused",
				() -> application.bean(Doctor.class)
					.findings()
					.stream()
					.anyMatch((finding) -> finding.id().equals("refused-parts") && finding.problem().contains("42501")
							&& refused.stream().anyMatch(finding.problem()::contains)
							&& finding.remedy().contains("Grant the execution of")));
	}

}
