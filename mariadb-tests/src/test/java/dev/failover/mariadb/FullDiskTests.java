package dev.failover.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.failover.Mode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests of a full disk under the primary. They mount a file system of their own, so they
 * are skipped for other users than root.
 */
final class FullDiskTests {

	/** The server tries again after a minute. */
	private static final Duration RETRY = Duration.ofMinutes(3);

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mariadb://127.0.0.1:%d/orders?sslMode=disable",
			"jdbc:mysql://127.0.0.1:%d/orders?sslMode=DISABLED" })
	void theRouteStaysAndWritesGoOnWhenThereIsSpaceAgain(String url) throws IOException {
		assumeTrue(SmallDisk.isPossible(), "Only root can mount a file system");
		Optional<Pair> started = MariaDbPair.startOnSmallDisk();
		assumeTrue(started.isPresent(), "The server cannot run here");
		try (Pair pair = started.get(); Application application = Application.start(pair, url)) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				Path filler = pair.primary().directory().resolve("filler");
				fill(filler);
				Awaitility.await("no more writes").atMost(Duration.ofMinutes(2)).until(() -> standStill(writers));
				Instant full = Instant.now();
				Awaitility.await("probes of the full server")
					.until(() -> application.node("primary").lastProbe().at().isAfter(full.plusSeconds(3)));
				assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
				assertThat(application.count()).isPositive();
				Files.delete(filler);
				int written = writers.count();
				Awaitility.await("further writes").atMost(RETRY).until(() -> writers.count() > written + 50);
				writers.stop();
				assertThat(writers.missing(pair.primary())).isEmpty();
				assertThat(writers.missing(pair.mirror())).isEmpty();
			}
			assertThat(application.state().changes()).hasSize(1);
		}
	}

	private static boolean standStill(Writers writers) {
		int before = writers.count();
		try {
			Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> writers.count() > before);
			return false;
		}
		catch (ConditionTimeoutException ex) {
			return true;
		}
	}

	private static void fill(Path file) throws IOException {
		byte[] block = new byte[4096];
		try (var out = Files.newOutputStream(file)) {
			while (true) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			if (!String.valueOf(ex.getMessage()).contains("No space left")) {
				throw ex;
			}
		}
	}

}
