package dev.failover.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static dev.failover.embedded.ServiceRole.READ_ONLY;
import static dev.failover.embedded.ServiceRole.WRITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ServiceEndpoints}.
 */
class ServiceEndpointsTests {

	private static final Map<String, ServiceRole> FIRST = Map.of("a", WRITABLE, "b", READ_ONLY, "c", READ_ONLY);

	private static final Map<String, ServiceRole> SECOND = Map.of("b", WRITABLE, "c", READ_ONLY);

	private final ServiceEndpoints endpoints = new ServiceEndpoints(WRITABLE, Duration.ofNanos(10));

	@Test
	void theFirstRolesAreInForceAtOnceAndLaterOnesAfterTheDelay() {
		assertThat(this.endpoints.current()).isEmpty();
		this.endpoints.observe(FIRST, 100);
		assertThat(this.endpoints.current()).containsExactly("a");
		this.endpoints.observe(SECOND, 101);
		this.endpoints.observe(SECOND, 110);
		assertThat(this.endpoints.current()).containsExactly("a");
		this.endpoints.observe(SECOND, 111);
		assertThat(this.endpoints.current()).containsExactly("b");
	}

	@Test
	void eachOfSeveralChangesIsDelayed() {
		this.endpoints.observe(FIRST, 100);
		this.endpoints.observe(Map.of(), 101);
		this.endpoints.observe(FIRST, 105);
		this.endpoints.observe(FIRST, 112);
		assertThat(this.endpoints.current()).isEmpty();
		this.endpoints.observe(FIRST, 115);
		assertThat(this.endpoints.current()).containsExactly("a");
	}

	@Test
	void withoutADelayAllNodesWithTheRoleAreEndpointsAtOnce() {
		ServiceEndpoints readOnly = new ServiceEndpoints(READ_ONLY, Duration.ZERO);
		readOnly.observe(SECOND, 100);
		readOnly.observe(FIRST, 100);
		assertThat(readOnly.current()).containsExactly("b", "c");
	}

	@Test
	void endpointsThatAreSetByHandStayUntilTheyFollowTheRoleAgain() {
		this.endpoints.observe(FIRST, 100);
		this.endpoints.set(List.of());
		this.endpoints.observe(SECOND, 101);
		this.endpoints.observe(SECOND, 200);
		assertThat(this.endpoints.current()).isEmpty();
		this.endpoints.followRole();
		assertThat(this.endpoints.current()).containsExactly("b");
	}

	@Test
	void aNegativeDelayIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceEndpoints(WRITABLE, Duration.ofNanos(-1)));
	}

}
