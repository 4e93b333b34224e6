package dev.failover.internal.routing;

import java.time.Instant;
import java.util.List;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CurrentRoute}.
 */
@Timeout(60)
final class CurrentRouteTests {

	private final StubNodePair pair = new StubNodePair();

	private final CurrentRoute current = this.pair.currentRoute();

	private final IllegalStateException reason = new IllegalStateException("closed");

	@AfterEach
	void close() {
		this.pair.close();
	}

	@Test
	void aHeldRouteKeepsItsNameAndServesNobodyUntilTheNextOne() {
		this.pair.moveTo(PRIMARY);
		Route route = this.current.get();
		this.current.hold();
		assertThat(this.current.get()).isSameAs(route);
		assertThat(this.current.resolved().pool(Access.ANY)).isNull();
		assertThat(this.current.resolved().isClosed()).isFalse();
		this.pair.publish(next());
		assertThat(this.current.resolved().pool(Access.ANY)).isSameAs(this.pair.primaryPool);
	}

	@Test
	void aClosedRouteIsShownAndNeverServesAgain() {
		this.pair.moveTo(PRIMARY);
		this.current.close(this.reason);
		this.current.close(new IllegalStateException("closed twice"));
		this.current.hold();
		Route next = next();
		this.pair.publish(next);
		assertThat(this.current.get()).isSameAs(next);
		assertThat(this.current.resolved().closeReason()).isSameAs(this.reason);
		assertThat(this.current.resolved().pool(Access.ANY)).isNull();
	}

	@Test
	void aRequestThatHasSeenAnOlderRouteDoesNotWait() throws Exception {
		ResolvedRoute seen = this.current.resolved();
		this.pair.moveTo(PRIMARY);
		this.current.awaitChange(seen, System.nanoTime() + Long.MAX_VALUE / 2).end();
		assertThat(this.current.waitingRequests()).isZero();
	}

	private Route next() {
		return this.current.get().next(PRIMARY, List.of(PRIMARY), Mode.NORMAL, Instant.EPOCH, Cause.STARTUP);
	}

}
