package dev.failover.docs;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.ToolProvider;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application that {@code docs/tutorial.md} shows, built of the blocks of the page
 * and run in a JVM of its own.
 */
final class TutorialApplication implements AutoCloseable {

	private static final Pattern FILE = Pattern.compile("(?ms)^`(src/[^`]+)`.*?^```\\w+\n(.*?)^```$");

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	/** Libraries of the sample that the application does not name. */
	private static final Pattern NOT_NAMED = Pattern.compile("sample-app|flyway|spring-data|resilience4j-spring|junit");

	private final Path log;

	private final Process process;

	private TutorialApplication(Path log, Process process) {
		this.log = log;
		this.process = process;
	}

	/**
	 * Builds the application in a folder and starts it.
	 */
	static TutorialApplication start(Page tutorial, Path folder) throws IOException {
		for (Matcher file = FILE.matcher(tutorial.text()); file.find();) {
			Path target = folder.resolve(file.group(1));
			Files.createDirectories(target.getParent());
			Files.writeString(target, file.group(2));
		}
		Path classes = Files.createDirectories(folder.resolve("target/classes"));
		compile(folder.resolve("src/main/java/com/example/notes/NotesApplication.java"), classes);
		Path log = folder.resolve("application.log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp",
				classes + File.pathSeparator + folder.resolve("src/main/resources") + File.pathSeparator + classPath(),
				"com.example.notes.NotesApplication", "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		return new TutorialApplication(log, process);
	}

	private static void compile(Path source, Path classes) {
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, errors, errors, "-proc:none", "-parameters", "-d", classes.toString(), "-cp", classPath(),
					source.toString());
		assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
	}

	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !NOT_NAMED.matcher(entry).find())
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Sends the request of a command with {@code curl}.
	 */
	HttpResponse<String> send(String curl) {
		List<String> words = List.of(curl.split(" "));
		String method = words.contains("-X") ? words.get(words.indexOf("-X") + 1) : "GET";
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://" + words.get(words.size() - 1).replace(":8080", ":" + port())))
			.method(method, BodyPublishers.noBody());
		if (words.contains("-d")) {
			request.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString(words.get(words.indexOf("-d") + 1)));
		}
		try {
			return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(log(), ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int port() {
		Matcher port = PORT.matcher(log());
		assertThat(port.find()).isTrue();
		return Integer.parseInt(port.group(1));
	}

	/**
	 * Waits until the application has started.
	 */
	void awaitStart() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(4))
			.until(() -> !this.process.isAlive() || log().contains("Started NotesApplication"));
		assertThat(this.process.isAlive()).as(log()).isTrue();
	}

	String log() {
		return Page.read(this.log);
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (this.process.waitFor(1, TimeUnit.MINUTES)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}
