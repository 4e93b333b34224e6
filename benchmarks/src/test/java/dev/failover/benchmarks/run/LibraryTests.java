package dev.failover.benchmarks.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LibraryTests {

	@Test
	void theVersionIsTheEndOfTheNameOfTheJar() {
		assertThat(Library.version(Test.class)).matches("\\d+\\.\\d+.*");
	}

	@Test
	void aClassWithoutAJarIsOfThisBuild() {
		assertThat(Library.version(LibraryTests.class)).isEqualTo("this build");
	}

}
