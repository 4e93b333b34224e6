package dev.failover.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;

import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.awaitility.Awaitility.await;

/**
 * Prometheus server that scrapes one service each second, where its package is installed.
 */
final class Prometheus implements AutoCloseable {

	private static final String CONFIGURATION = """
			global: {scrape_interval: 1s, evaluation_interval: 1s}
			rule_files: [rules.yml]
			scrape_configs:
			  - job_name: orders
			    metrics_path: /actuator/prometheus
			    static_configs: [{targets: ['127.0.0.1:%d']}]
			""";

	private static final Pattern ADDRESS = Pattern.compile("\"Listening on\" address=(\\S+)");

	private final Process server;

	private final RestClient http;

	private Prometheus(Process server, String address) {
		this.server = server;
		this.http = RestClient.create("http://" + address);
	}

	/**
	 * Returns whether Prometheus and its tool are installed.
	 */
	static boolean isInstalled() {
		return List.of("prometheus", "promtool")
			.stream()
			.allMatch((program) -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
				.anyMatch((folder) -> Files.isExecutable(Path.of(folder, program))));
	}

	/**
	 * Starts a server.
	 * @param folder empty folder for its files
	 * @param port port of the service that it scrapes
	 * @param rules content of its rule file
	 */
	static Prometheus start(Path folder, int port, String rules) throws IOException {
		Files.writeString(folder.resolve("rules.yml"), rules);
		Files.writeString(folder.resolve("prometheus.yml"), CONFIGURATION.formatted(port));
		Path log = folder.resolve("log");
		Process server = new ProcessBuilder("prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
				"--web.listen-address=127.0.0.1:0")
			.directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			String address = await("Prometheus").atMost(Duration.ofMinutes(1))
				.until(() -> ADDRESS.matcher(Documents.read(log)), Matcher::find)
				.group(1);
			Prometheus started = new Prometheus(server, address);
			await("readiness").atMost(Duration.ofMinutes(1))
				.ignoreExceptions()
				.until(() -> started.query("up") != null);
			return started;
		}
		catch (Throwable ex) {
			server.destroyForcibly();
			throw ex;
		}
	}

	/**
	 * Returns the labels of the series that a query finds now.
	 */
	List<Map<String, String>> query(String query) {
		String answer = this.http.post()
			.uri("/api/v1/query")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
			.retrieve()
			.body(String.class);
		return JsonPath.read(answer, "$.data.result[*].metric");
	}

	/**
	 * Runs {@code promtool} and returns what it writes.
	 * @param input its input
	 */
	static String promtool(String input, String... arguments) throws IOException, InterruptedException {
		Path in = Files.createTempFile("promtool", ".in");
		Path out = Files.createTempFile("promtool", ".out");
		try {
			Files.writeString(in, input);
			String[] command = new String[arguments.length + 1];
			command[0] = "promtool";
			System.arraycopy(arguments, 0, command, 1, arguments.length);
			Process tool = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectInput(in.toFile())
				.redirectOutput(out.toFile())
				.start();
			if (!tool.waitFor(1, TimeUnit.MINUTES)) {
				tool.destroyForcibly();
			}
			return Files.readString(out);
		}
		finally {
			Files.delete(in);
			Files.delete(out);
		}
	}

	@Override
	public void close() {
		this.server.destroy();
		try {
			if (!this.server.waitFor(10, TimeUnit.SECONDS)) {
				this.server.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UncheckedIOException(new IOException("Interrupted while Prometheus stops", ex));
		}
	}

}
