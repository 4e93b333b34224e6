package dev.failover.internal.doctor;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DnsCacheCheck}.
 */
class DnsCacheCheckTests {

	private final Check check = new DnsCacheCheck();

	@Test
	void findsACacheThatNeverExpires() {
		Finding finding = new CheckContextBuilder().servers("db1.example.org")
			.dnsCache(new DnsCache(true, false))
			.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("dns-cache-forever");
		assertThat(finding.node()).isNull();
		assertThat(finding.remedy()).contains("networkaddress.cache.ttl to 30");
	}

	@Test
	void findsACacheOfFailuresThatNeverExpires() {
		assertThat(new CheckContextBuilder().servers("db1")
			.dnsCache(new DnsCache(false, true))
			.findingOf(this.check)
			.problem()).contains("networkaddress.cache.negative.ttl");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "[::1]", "localhost" })
	void findsNothingIfUrlsContainNoHostName(String host) {
		assertThat(new CheckContextBuilder().servers(host).dnsCache(new DnsCache(true, true)).findingsOf(this.check))
			.isEmpty();
	}

	@Test
	void findsNothingIfTheCacheExpires() {
		assertThat(new CheckContextBuilder().servers("db1").findingsOf(this.check)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "-1, 10, , true, false", "30, -1, , false, true", ", , , false, false", ", , allow, false, false",
			", , default, true, false", "60, 10, default, false, false" })
	void readsTheSettingsOfTheJvm(@Nullable String ttl, @Nullable String negative, @Nullable String manager,
			boolean forever, boolean failures) {
		assertThat(DnsCache.of(ttl, negative, manager)).isEqualTo(new DnsCache(forever, failures));
	}

	@Test
	void theCacheOfThisJvmExpires() {
		assertThat(DnsCache.ofThisJvm()).isEqualTo(new DnsCache(false, false));
	}

}
