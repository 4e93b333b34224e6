package dev.failover.dialect.sqlserver;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lsn}.
 */
final class LsnTests {

	/**
	 * File 37, blocks 456 and 460; then block 16 of file 38, of which only that is known.
	 */
	@ParameterizedTest
	@CsvSource({ "37000000045600003, 37000000045600003, 0", "37000000045600003, 37000000046000001, 0",
			"37000000046000001, 37000000045600003, 2048", "37000000045600003, 37000000045600001, 1",
			"38000000001600001, 37000000045600003, 8192" })
	void countsTheBytesThatAreKnownToLieBetween(String later, String earlier, long bytes) {
		assertThat(lsn(later).since(lsn(earlier))).isEqualTo(bytes);
	}

	@Test
	void readsWhatIsThere() {
		assertThat(Lsn.parse(null)).isNull();
		assertThat(Lsn.parse(" ")).isNull();
		assertThat(Lsn.parse("37000000045600003")).isEqualTo(lsn("37000000045600003"));
		assertThat(lsn("9223372036854775807000000").next()).hasToString("9223372036854775807000001");
	}

	private static Lsn lsn(String text) {
		return new Lsn(new BigInteger(text));
	}

}
