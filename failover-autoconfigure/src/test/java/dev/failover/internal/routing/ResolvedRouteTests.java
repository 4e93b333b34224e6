package dev.failover.internal.routing;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.ReadOnlyMode;
import dev.failover.Route;
import dev.failover.internal.routing.ResolvedRoute.Loss;
import dev.failover.internal.routing.ResolvedRoute.Unserved;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResolvedRoute}: which pool serves which work, and which work is
 * refused.
 */
final class ResolvedRouteTests {

	private static final Duration HOLD = Duration.ofSeconds(2);

	private static final Loss LOSS = new Loss(1_000, Duration.ofMillis(7));

	private static final long END_OF_HOLD = LOSS.nanos() + HOLD.toNanos();

	private final StubNodePair pair = new StubNodePair();

	@AfterEach
	void close() {
		this.pair.close();
	}

	@ParameterizedTest
	@EnumSource(ReadOnlyMode.class)
	void aNodeThatAcceptsWritesServesAllWorkInEachMode(ReadOnlyMode mode) {
		ResolvedRoute resolved = resolve(route(PRIMARY, List.of(PRIMARY), Mode.NORMAL), mode, HOLD);
		assertThat(resolved.all()).isSameAs(this.pair.primaryPool);
		for (Access access : Access.values()) {
			assertThat(resolved.pool(access)).isSameAs(this.pair.primaryPool);
			assertThat(resolved.serves(this.pair.primaryPool, access)).isTrue();
			assertThat(resolved.serves(this.pair.mirrorPool, access)).isFalse();
			assertThat(resolved.refuses(access, Long.MAX_VALUE)).isFalse();
			assertThat(resolved.deadline(access, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
		}
		assertThat(resolved.heldUpNanos()).isEqualTo(LOSS.heldUp().toNanos());
	}

	@Test
	void readOnlyTransactionsGoToTheNodesForReads() {
		ResolvedRoute resolved = resolve(route(PRIMARY, List.of(MIRROR), Mode.NORMAL), ReadOnlyMode.HOLD, null);
		assertThat(resolved.all()).isNull();
		assertThat(resolved.pool(Access.WRITES)).isSameAs(this.pair.primaryPool);
		assertThat(resolved.pool(Access.ANY)).isSameAs(this.pair.primaryPool);
		assertThat(resolved.pool(Access.READS)).isSameAs(this.pair.mirrorPool);
		assertThat(resolved.serves(this.pair.mirrorPool, Access.READS)).isTrue();
		assertThat(resolved.serves(this.pair.mirrorPool, Access.WRITES)).isFalse();
		assertThat(resolved.serves(this.pair.primaryPool, Access.READS)).isFalse();
	}

	@Test
	void ofTwoNodesForReadsTheLessBusyOneServes() throws Exception {
		ResolvedRoute resolved = resolve(route(PRIMARY, List.of(PRIMARY, MIRROR), Mode.NORMAL), ReadOnlyMode.HOLD,
				null);
		assertThat(resolved.all()).isNull();
		try (Connection busy = this.pair.primaryPool.getConnection()) {
			assertThat(busy.isClosed()).isFalse();
			assertAlwaysReads(resolved, this.pair.mirrorPool);
			try (Connection one = this.pair.mirrorPool.getConnection();
					Connection other = this.pair.mirrorPool.getConnection()) {
				assertThat(one).isNotSameAs(other);
				assertAlwaysReads(resolved, this.pair.primaryPool);
			}
		}
	}

	/** The third name leads to the pool on the mirror. */
	@Test
	void severalNodesForReadsAreDrawnAtRandom() {
		List<Node> reads = List.of(PRIMARY, MIRROR, new Node("other"));
		ResolvedRoute resolved = resolve(route(PRIMARY, reads, Mode.NORMAL), ReadOnlyMode.HOLD, null);
		Set<NodePool> drawn = new HashSet<>();
		for (int i = 0; i < 200; i++) {
			drawn.add(resolved.pool(Access.READS));
		}
		assertThat(drawn).containsExactlyInAnyOrder(this.pair.primaryPool, this.pair.mirrorPool);
	}

	private static void assertAlwaysReads(ResolvedRoute resolved, NodePool pool) {
		for (int i = 0; i < 50; i++) {
			assertThat(resolved.pool(Access.READS)).isSameAs(pool);
		}
	}

	@ParameterizedTest
	@CsvSource({ "SERVE, true, true", "HOLD, false, true", "WAIT, false, false", "REJECT, false, false" })
	void withoutANodeForWritesTheModeTellsWhichWorkIsServed(ReadOnlyMode mode, boolean writes, boolean others) {
		ResolvedRoute resolved = resolve(readOnly(), mode, null);
		assertThat(resolved.pool(Access.WRITES)).isSameAs(writes ? this.pair.mirrorPool : null);
		assertThat(resolved.pool(Access.ANY)).isSameAs(others ? this.pair.mirrorPool : null);
		assertThat(resolved.pool(Access.READS)).isSameAs(this.pair.mirrorPool);
		assertThat(resolved.all()).isSameAs(writes ? this.pair.mirrorPool : null);
	}

	@Test
	void inModeHoldTransactionsThatMayWriteAreRefusedAfterTheLimit() {
		ResolvedRoute resolved = resolve(readOnly(), ReadOnlyMode.HOLD, HOLD);
		assertThat(resolved.refuses(Access.WRITES, END_OF_HOLD - 1)).isFalse();
		assertThat(resolved.refuses(Access.WRITES, END_OF_HOLD)).isTrue();
		assertThat(resolved.refuses(Access.ANY, END_OF_HOLD)).isFalse();
		assertThat(resolved.refuses(Access.READS, END_OF_HOLD)).isFalse();
		assertThat(resolved.deadline(Access.WRITES, END_OF_HOLD + 1)).isEqualTo(END_OF_HOLD);
		assertThat(resolved.deadline(Access.WRITES, END_OF_HOLD - 1)).isEqualTo(END_OF_HOLD - 1);
		assertThat(resolved.deadline(Access.ANY, END_OF_HOLD + 1)).isEqualTo(END_OF_HOLD + 1);
	}

	@Test
	void inModeRejectAllWorkButReadsIsRefusedAtOnce() {
		ResolvedRoute resolved = resolve(readOnly(), ReadOnlyMode.REJECT, HOLD);
		assertThat(resolved.refuses(Access.WRITES, LOSS.nanos())).isTrue();
		assertThat(resolved.refuses(Access.ANY, LOSS.nanos())).isTrue();
		assertThat(resolved.refuses(Access.READS, LOSS.nanos())).isFalse();
	}

	@ParameterizedTest
	@EnumSource(value = ReadOnlyMode.class, names = { "SERVE", "WAIT" })
	void inTheOtherModesNoWorkIsRefused(ReadOnlyMode mode) {
		assertThat(resolve(readOnly(), mode, HOLD).refuses(Access.WRITES, END_OF_HOLD)).isFalse();
	}

	@Test
	void withoutAnyNodeRequestsWaitAndInModeHoldNoLongerThanTheLimit() {
		Route unavailable = route(null, List.of(), Mode.UNAVAILABLE);
		for (Access access : Access.values()) {
			assertThat(resolve(unavailable, ReadOnlyMode.SERVE, null).pool(access)).isNull();
			assertThat(resolve(unavailable, ReadOnlyMode.REJECT, null).refuses(access, END_OF_HOLD)).isFalse();
		}
		assertThat(resolve(unavailable, ReadOnlyMode.HOLD, HOLD).refuses(Access.WRITES, END_OF_HOLD)).isTrue();
		assertThat(resolve(unavailable, ReadOnlyMode.HOLD, HOLD).refuses(Access.ANY, END_OF_HOLD)).isFalse();
	}

	@Test
	void beforeTheFirstDecisionNothingIsRefused() {
		ResolvedRoute resolved = resolve(Route.undecided(Instant.EPOCH), ReadOnlyMode.HOLD, HOLD);
		assertThat(resolved.refuses(Access.WRITES, END_OF_HOLD)).isFalse();
		assertThat(resolved.isDenied()).isFalse();
		assertThat(resolved.isClosed()).isFalse();
	}

	@Test
	void aReasonForWhichNobodyServesRefusesAtOnceOnlyIfNobodyCanLogIn() {
		ResolvedRoute resolved = resolve(readOnly(), ReadOnlyMode.REJECT, null);
		ResolvedRoute later = resolved.withReason(new Unserved("primary is down", false));
		assertThat(later.isDenied()).isFalse();
		assertThat(later.pool(Access.READS)).isSameAs(this.pair.mirrorPool);
		assertThat(later.refuses(Access.WRITES, LOSS.nanos())).isTrue();
		assertThat(later.heldUpNanos()).isEqualTo(LOSS.heldUp().toNanos());
		ResolvedRoute denied = resolved.withReason(new Unserved("primary refuses the login", true));
		assertThat(denied.isDenied()).isTrue();
		assertThat(denied.route()).isSameAs(resolved.route());
		assertServesNothing(denied);
	}

	@Test
	void aClosedRouteServesNothing() {
		IllegalStateException reason = new IllegalStateException("closed");
		ResolvedRoute closed = resolve(readOnly(), ReadOnlyMode.SERVE, null).closed(reason);
		assertThat(closed.isClosed()).isTrue();
		assertThat(closed.closeReason()).isSameAs(reason);
		assertServesNothing(closed);
		assertServesNothing(resolve(readOnly(), ReadOnlyMode.SERVE, null).withoutPools());
	}

	private static void assertServesNothing(ResolvedRoute resolved) {
		assertThat(resolved.all()).isNull();
		for (Access access : Access.values()) {
			assertThat(resolved.pool(access)).isNull();
		}
	}

	private ResolvedRoute resolve(Route route, ReadOnlyMode mode, @Nullable Duration holdFor) {
		return ResolvedRoute.resolve(route,
				(node) -> node.equals(PRIMARY) ? this.pair.primaryPool : this.pair.mirrorPool,
				new Unwritable(mode, holdFor), LOSS);
	}

	private static Route readOnly() {
		return route(null, List.of(MIRROR), Mode.READ_ONLY);
	}

	private static Route route(@Nullable Node writes, List<Node> reads, Mode mode) {
		return new Route(writes, reads, mode, 1, Instant.EPOCH, Cause.NODE_LOST);
	}

}
