package dev.failover.internal.routing;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.failover.Cause;
import dev.failover.History;
import dev.failover.LogPosition;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.stub.GenerationHistory;
import dev.failover.stub.StubDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadYourWritesGuard}.
 */
final class ReadYourWritesGuardTests {

	private final Map<Node, History> applied = new HashMap<>();

	private final CurrentRoute route = new CurrentRoute(route(PRIMARY, MIRROR));

	private final ReadYourWritesGuard guard = new ReadYourWritesGuard(new DelegatingDataSource(), this.route,
			new StubDialect(), this.applied::get);

	@ParameterizedTest
	@CsvSource({ "99, false", "100, true", "101, true" })
	void theMirrorServesReadsOnceItHasAppliedTheirPosition(long applied, boolean satisfied) {
		this.applied.put(MIRROR, new GenerationHistory("one", 1L, applied));
		assertThat(this.guard.after(new LogPosition("100"), this.guard::isSatisfied)).isEqualTo(satisfied);
	}

	@Test
	void aMirrorOfUnknownPositionServesNoReadsThatRequireOne() {
		assertThat(this.guard.after(new LogPosition("0"), this.guard::isSatisfied)).isFalse();
	}

	@Test
	void readsThatRequireNothingAreServedByTheMirror() {
		assertThat(this.guard.isSatisfied()).isTrue();
	}

	@Test
	void nestedWorkKeepsTheLargerPosition() {
		this.applied.put(MIRROR, new GenerationHistory("one", 1L, 150L));
		boolean inner = this.guard.after(new LogPosition("200"),
				() -> this.guard.after(new LogPosition("100"), this.guard::isSatisfied));
		boolean outer = this.guard.after(new LogPosition("100"),
				() -> this.guard.after(new LogPosition("200"), () -> true) && this.guard.isSatisfied());
		assertThat(inner).isFalse();
		assertThat(outer).isTrue();
	}

	@Test
	void theNodeThatTakesWritesHasEverything() {
		this.route.publish(ResolvedRoute.holding(route(PRIMARY, PRIMARY)));
		assertThat(this.guard.after(new LogPosition("100"), this.guard::isSatisfied)).isTrue();
	}

	private static Route route(Node writes, Node reads) {
		return new Route(writes, List.of(reads), Mode.NORMAL, 1, Instant.EPOCH, Cause.STARTUP);
	}

}
