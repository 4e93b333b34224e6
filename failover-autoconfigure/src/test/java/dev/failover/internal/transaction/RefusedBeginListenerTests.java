package dev.failover.internal.transaction;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.failover.Cause;
import dev.failover.FailoverStateFixture;
import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.transaction.NoWritableNodeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.integration.jdbc.lock.StubJdbcLock;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionExecution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link RefusedBeginListener}.
 */
final class RefusedBeginListenerTests {

	private static final Route READ_ONLY = FailoverStateFixture.route(null, new Node("mirror"), Mode.READ_ONLY);

	private static final Throwable REFUSED = new CannotCreateTransactionException("begin",
			new NoNodeAvailableException(READ_ONLY, "writes", Duration.ofSeconds(1)));

	@Test
	void aTransactionThatNoNodeTakesIsRefusedAsOneThatANodeRefuses() {
		assertThatExceptionOfType(NoWritableNodeException.class).isThrownBy(() -> afterBegin(READ_ONLY, REFUSED))
			.withMessageContainingAll("mode READ_ONLY", "writes go to no node", "Nothing of this work was stored")
			.withCause(REFUSED)
			.satisfies((ex) -> assertThat(ex.node()).isEqualTo("none"))
			.satisfies((ex) -> assertThat(ex.mode()).isEqualTo(Mode.READ_ONLY));
	}

	@Test
	void aTransactionThatBeginsIsLeftAlone() {
		assertThatNoException().isThrownBy(() -> afterBegin(READ_ONLY, null));
	}

	@Test
	void anotherFailureIsLeftToSpring() {
		Throwable other = new CannotCreateTransactionException("begin", new SQLTransientConnectionException("timeout"));
		assertThatNoException().isThrownBy(() -> afterBegin(READ_ONLY, other));
	}

	@Test
	void aRefusalIsLeftToSpringWhereReadsAreNotServedEither() {
		Route unavailable = READ_ONLY.next(null, List.of(), Mode.UNAVAILABLE, Instant.EPOCH, Cause.NODE_LOST);
		assertThatNoException().isThrownBy(() -> afterBegin(unavailable, REFUSED));
	}

	/** Its callers would repeat a transient error without end. */
	@Test
	void aRefusalInTheLockRegistryOfSpringIntegrationIsLeftToSpring() {
		assertThatNoException().isThrownBy(() -> StubJdbcLock.run(() -> afterBegin(READ_ONLY, REFUSED)));
	}

	private static void afterBegin(Route route, @Nullable Throwable failure) {
		new RefusedBeginListener(() -> route).afterBegin(new TransactionExecution() {
		}, failure);
	}

}
