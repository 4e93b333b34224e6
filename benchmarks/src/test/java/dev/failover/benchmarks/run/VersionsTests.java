package dev.failover.benchmarks.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class VersionsTests {

	@Test
	void aJarTellsItsVersion() {
		assertThat(Versions.of(Test.class)).matches("\\d+\\.\\d+.*");
	}

	@Test
	void whatHasNoJarIsOfThisBuild() {
		assertThat(Versions.of(VersionsTests.class)).isEqualTo("this build");
	}

	@Test
	void theNameOfAJarHasItsVersionAtTheEnd() {
		assertThat(Versions.fromName("some-library-1.2.3.jar")).isEqualTo("1.2.3");
	}

}
