package dev.failover.actuator;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.failover.Failover;
import dev.failover.FailoverStateFixture;
import dev.failover.OperationRefusedException;
import dev.failover.actuator.FailoverEndpoint.JmxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for the texts with which {@link JmxExtension} answers.
 */
final class FailoverEndpointJmxExtensionTests {

	private final Failover failover = mock(Failover.class);

	private final JmxExtension extension = new JmxExtension(new FailoverEndpoint(this.failover, List::of),
			this.failover, (event) -> {
			});

	@BeforeEach
	void stubFailover() {
		given(this.failover.state()).willReturn(FailoverStateFixture.normal());
	}

	@Test
	void aRefusalIsAnsweredWithItsReason() {
		given(this.failover.failback("jmx"))
			.willReturn(CompletableFuture.failedFuture(new OperationRefusedException("not now")));
		assertThatIllegalStateException().isThrownBy(this.extension::failback).withMessage("not now").withNoCause();
	}

	@Test
	void aFailureIsAnsweredWithItsCause() {
		given(this.failover.pause("jmx"))
			.willReturn(CompletableFuture.failedFuture(new IllegalArgumentException("broken")));
		assertThatIllegalStateException().isThrownBy(this.extension::pause)
			.withMessage("The operation 'pause' failed: java.lang.IllegalArgumentException: broken")
			.withNoCause();
	}

	@Test
	void anEngineThatIsNotRunningIsAnsweredWithoutNull() {
		given(this.failover.state()).willThrow(new IllegalStateException("Failover is not running"));
		assertThatIllegalStateException().isThrownBy(this.extension::resume)
			.withMessage("Failover is not running")
			.withNoCause();
	}

	@Test
	void anInterruptIsAnsweredWithWhatBecomesOfTheOperation() {
		given(this.failover.pause("jmx")).willReturn(new CompletableFuture<>());
		Thread.currentThread().interrupt();
		assertThatIllegalStateException().isThrownBy(this.extension::pause)
			.withMessageContaining("'pause' was interrupted. The operation goes on")
			.withNoCause();
		assertThat(Thread.interrupted()).isTrue();
	}

}
