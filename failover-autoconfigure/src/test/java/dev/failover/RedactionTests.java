package dev.failover;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Redaction}.
 */
class RedactionTests {

	@ParameterizedTest
	@ValueSource(strings = { "password=s3cret", "password = s3cret refused", "Password: s3cret", "PWD=s3cret;x=1",
			"sslpassword=s3cret&ssl=true", "password='s3 s3cret'", "password=\"s3 s3cret\"", "password={s3 s3cret};",
			"trustStorePassword=a,s3cret", "client_secret=s3cret", "app:s3cret@db1 refused", "app:s3/s3cret@db1:5432",
			"app:s3@s3cret@db1", "thin:app/s3cret@db1", "jdbc:postgresql://db1/x?user=app&password=s3cret",
			"jdbc:postgresql://app:s3cret@db1/x: refused", "jdbc:oracle:thin:app/s3cret@db1",
			"jdbc:mysql://(host=db1,password=s3cret)/x", "see 'postgres://app:s3cret@db1/x'" })
	void hidesSecrets(String text) {
		assertThat(Redaction.redact(text)).doesNotContain("s3cret").contains("***");
	}

	@ParameterizedTest
	@ValueSource(strings = { "28P01: FATAL: password authentication failed for user \"app\"",
			"08001: Connection to 10.0.0.1:5432 refused. Check that the hostname and port are correct",
			"no answer within PT1S", "primary: 2 probes failed", "" })
	void keepsTextsWithoutSecrets(String text) {
		assertThat(Redaction.redact(text)).isEqualTo(text);
	}

	@Test
	void keepsTheRestOfTheSentence() {
		assertThat(Redaction.redact("08006: jdbc:postgresql://app:pw@db1/x was refused, password=pw for user app"))
			.isEqualTo("08006: jdbc:*** was refused, password=*** for user app");
	}

	/**
	 * Texts of servers can be long, and each of these made an expression start again at
	 * each of its characters.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "a", "a.", "a:", "a@", "password ", "password=\"", "jdbc", "://", " " })
	@Timeout(20)
	void takesTimeThatGrowsWithTheLengthOfATextOnly(String part) {
		String text = part.repeat(10_000 / part.length());
		for (int i = 0; i < 200; i++) {
			assertThat(Redaction.redact(text)).isNotNull();
		}
	}

	@Test
	void cutsALongText() {
		assertThat(Redaction.redact("x".repeat(30_000_000))).hasSizeLessThan(20_000);
	}

	@Test
	void replacesControlCharacters() {
		assertThat(Redaction.redact("a\u001b[31mb\u0007c\u202ed\u2028e\u0085f\nNode 'x' is UP"))
			.isEqualTo("a [31mb c d e f Node 'x' is UP");
	}

	@Test
	void returnsNullForNull() {
		assertThat(Redaction.redact(null)).isNull();
	}

}
