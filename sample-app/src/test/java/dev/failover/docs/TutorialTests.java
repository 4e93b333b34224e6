package dev.failover.docs;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does what {@code docs/tutorial.md} says, with its code and its commands.
 */
final class TutorialTests {

	private static final Page TUTORIAL = Page.of("docs/tutorial.md");

	@Test
	void theApplicationSurvivesTheKill(@TempDir Path folder) throws Exception {
		List<String> commands = TUTORIAL.blocks("sh")
			.stream()
			.flatMap((block) -> block.code().lines())
			.filter((line) -> line.startsWith("curl "))
			.toList();
		assertThat(commands).hasSize(5);
		try (TutorialApplication application = TutorialApplication.start(TUTORIAL, folder)) {
			application.awaitStart();
			assertThat(application.send(commands.get(0)).statusCode()).isEqualTo(200);
			assertThat(application.send(commands.get(1)).statusCode()).isEqualTo(200);
			HttpResponse<String> read = Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> application.send(commands.get(2)), (answer) -> answer.statusCode() == 200);
			assertThat(answers()).startsWith(read.body());
			assertThat(application.send(commands.get(3)).statusCode()).as(application.log()).isEqualTo(200);
			assertThat(answers()).endsWith(application.send(commands.get(4)).body());
			assertThat(application.send("curl localhost:8080/actuator/failover").body())
				.contains("\"mode\":\"FAILED_OVER\"");
			assertThat(application.log()).contains("Route 2: READ_ONLY, writes primary",
					"Route 3: FAILED_OVER, writes none");
		}
	}

	private static List<String> answers() {
		return Pattern.compile("`(\\[[^`]+])`")
			.matcher(TUTORIAL.text())
			.results()
			.map((answer) -> answer.group(1))
			.toList();
	}

	@Test
	void itsPomNamesWhatTheTestRunsWith() {
		String pom = TUTORIAL.blocks("xml").get(0).code();
		String parent = Page.of("pom.xml").text();
		Page sample = Page.of("sample-app/pom.xml");
		assertThat(versions(pom)).hasSize(4)
			.containsOnly(first(parent, "spring-boot.version"), "1.0", first(parent, "version"));
		assertThat(elements(pom.substring(pom.indexOf("<dependencies>")), "artifactId")).hasSize(5)
			.allSatisfy((artifact) -> assertThat(sample.text()).contains("<artifactId>" + artifact + "<"));
	}

	private static List<String> versions(String pom) {
		return elements(pom, "version").toList();
	}

	private static String first(String pom, String element) {
		return elements(pom, element).findFirst().orElseThrow();
	}

	private static Stream<String> elements(String pom, String element) {
		return Pattern.compile("<" + element + ">([^<]+)<").matcher(pom).results().map((match) -> match.group(1));
	}

}
