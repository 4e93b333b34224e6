package dev.failover.internal.monitor;

import java.sql.SQLException;

import dev.failover.ErrorClass;
import dev.failover.NoNodeAvailableException;
import dev.failover.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what callers get while an application starts and no server lets it log in.
 */
@Timeout(60)
final class RefusedStartTests {

	private final MonitorFixture fixture = new MonitorFixture();

	@AfterEach
	void close() throws SQLException {
		this.fixture.close();
	}

	@ParameterizedTest
	@CsvSource({ "28P01 password authentication failed, UNAUTHORIZED", "3D000 no such database, APPLICATION" })
	void requestsFailAtOnceWithTheReasonOfEachNodeUntilOneAnswers(String error, ErrorClass errorClass)
			throws Exception {
		this.fixture.refuses(PRIMARY, error, errorClass);
		this.fixture.isLost(MIRROR, 0);
		assertThatExceptionOfType(NoNodeAvailableException.class).isThrownBy(() -> this.fixture.borrow())
			.havingCause()
			.withMessage("node 'primary' (db:1/orders) is IMPAIRED: " + error
					+ "; node 'mirror' (db:1/orders) is DOWN: 08001 refused");
		this.fixture.answers(PRIMARY, Role.WRITABLE, 1);
		assertThat(this.fixture.borrow().isClosed()).isFalse();
	}

	@Test
	void requestsGoToAPrimaryThatRefusesTheProbeForAnotherReason() throws Exception {
		this.fixture.refuses(PRIMARY, "53300 too many connections", ErrorClass.OVERLOADED);
		this.fixture.isLost(MIRROR, 0);
		assertThat(this.fixture.borrow().isClosed()).isFalse();
	}

	@Test
	void aMirrorThatRefusesTheLoginDoesNotMatter() throws Exception {
		this.fixture.refuses(PRIMARY, "53300 too many connections", ErrorClass.OVERLOADED);
		this.fixture.refuses(MIRROR, "28P01 password authentication failed", ErrorClass.UNAUTHORIZED);
		assertThat(this.fixture.borrow().isClosed()).isFalse();
	}

}
