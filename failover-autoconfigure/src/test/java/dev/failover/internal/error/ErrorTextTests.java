package dev.failover.internal.error;

import java.net.ConnectException;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorText}.
 */
final class ErrorTextTests {

	@Test
	void rendersStateMessageAndRootCauseInOneLine() {
		SQLException error = new SQLException("Connection to db1 refused.\nCheck the server.", "08001",
				new IllegalStateException("between", new ConnectException("Connection refused")));
		assertThat(ErrorText.of(error))
			.isEqualTo("08001 Connection to db1 refused. (ConnectException Connection refused)");
	}

	@Test
	void rendersTheTypeIfThereIsNoState() {
		assertThat(ErrorText.of(new SQLException("odd"))).isEqualTo("SQLException odd");
		assertThat(ErrorText.of(new NullPointerException())).isEqualTo("NullPointerException null");
	}

	@Test
	void cutsALongMessage() {
		assertThat(ErrorText.of(new SQLException("x".repeat(1_000_000), "XX000"))).startsWith("XX000 xxx")
			.endsWith("...")
			.hasSizeLessThan(600);
	}

	@Test
	void replacesControlCharacters() {
		assertThat(ErrorText.of(new SQLException("a\u001b[31mb\u202ec\u2028d\u0085e\nf", "XX\u0007000")))
			.isEqualTo("XX 000 a [31mb c d e");
	}

	@Test
	@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void endsOnCyclicCauses() {
		IllegalStateException one = new IllegalStateException("one");
		IllegalStateException other = new IllegalStateException("other", one);
		one.initCause(other);
		assertThat(ErrorText.of(one)).startsWith("IllegalStateException one");
	}

}
