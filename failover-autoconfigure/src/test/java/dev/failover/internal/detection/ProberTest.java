package dev.failover.internal.detection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * Base of the tests for {@link NodeProber}: each has one fixture, which is closed after
 * it.
 */
@Timeout(60)
abstract class ProberTest {

	/** Long enough for answers on a busy machine. */
	static final Duration TIMEOUT = Duration.ofSeconds(5);

	static final Duration OFTEN = Duration.ofMillis(30);

	private @Nullable NodeProberFixture fixture;

	@AfterEach
	void close() {
		if (this.fixture != null) {
			this.fixture.close();
		}
	}

	final NodeProberFixture fixture(Duration interval, Duration timeout) {
		return use(new NodeProberFixture(interval, timeout));
	}

	/**
	 * Closes a fixture after the test.
	 */
	final NodeProberFixture use(NodeProberFixture created) {
		this.fixture = created;
		return created;
	}

}
