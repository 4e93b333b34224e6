package dev.failover.benchmarks.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LibraryTests {

	@Test
	void theVersionOfAJarIsRead() {
		assertThat(Library.version(Test.class)).matches("\\d+\\.\\d+.*");
	}

	@Test
	void aClassWithoutAJarIsOfThisBuild() {
		assertThat(Library.version(LibraryTests.class)).isEqualTo("this build");
	}

	@Test
	void theVersionIsTheEndOfTheNameOfAJar() {
		assertThat(Library.versionFromName("some-library-1.2.3.jar")).isEqualTo("1.2.3");
	}

}
