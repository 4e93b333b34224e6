package dev.failover.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.failover.Failover;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of the page on a web server, for an application whose nodes cannot be reached.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
final class FailoverPageTests {

	private static final String SECURITY = "org.springframework.boot.security.autoconfigure.";

	private final HttpClient client = HttpClient.newHttpClient();

	private @Nullable ConfigurableApplicationContext application;

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	@Test
	void isNotServedUnlessEnabled() throws Exception {
		start();
		assertThat(get("/failover").statusCode()).isEqualTo(404);
		assertThat(get("/failover/assets/page.js").statusCode()).isEqualTo(404);
		assertThat(get("/failover/events").statusCode()).isEqualTo(404);
	}

	@Test
	void servesADocumentThatKnowsTheEndpointAndForbidsEverythingElse() throws Exception {
		start("--failover.page.enabled=true", "--spring.application.name=<b>orders</b>");
		HttpResponse<String> document = get("/failover");
		assertThat(document.statusCode()).isEqualTo(200);
		assertThat(document.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(document.headers().firstValue("Content-Security-Policy")).get()
			.asString()
			.contains("default-src 'self'", "frame-ancestors 'none'");
		assertThat(document.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(document.body())
			.contains("data-endpoint=\"/actuator/failover\"", "data-metrics=\"/actuator/metrics\"",
					"data-access=\"READ_ONLY\"", "&lt;b&gt;orders&lt;/b&gt;")
			.doesNotContain("{{", "<b>");
	}

	@Test
	void servesItsParts() throws Exception {
		start("--failover.page.enabled=true");
		for (String part : List.of("page.js", "page.css", "charts.js", "topology.js", "uplot/uPlot.esm.js",
				"uplot/uPlot.min.css", "uplot/LICENSE")) {
			HttpResponse<String> found = get("/failover/assets/" + part);
			assertThat(found.statusCode()).as(part).isEqualTo(200);
			assertThat(found.headers().firstValue("Cache-Control")).as(part).hasValue("no-cache");
			assertThat(found.body()).as(part).isNotBlank();
		}
	}

	@Test
	void servesNothingBesideItsParts() throws Exception {
		start("--failover.page.enabled=true");
		assertThat(get("/failover/assets/../index.html").statusCode()).isNotEqualTo(200);
		assertThat(get("/failover/assets/%2e%2e/index.html").statusCode()).isNotEqualTo(200);
		assertThat(get("/failover/index.html").statusCode()).isEqualTo(404);
	}

	@Test
	void tellsBrowsersOfChangesAndForgetsThoseThatHaveGone() throws Exception {
		ConfigurableApplicationContext started = start("--failover.page.enabled=true");
		ChangeStream stream = started.getBean(ChangeStream.class);
		try (InputStream events = this.client
			.send(HttpRequest.newBuilder(url("/failover/events")).build(), BodyHandlers.ofInputStream())
			.body()) {
			Awaitility.await().until(() -> stream.browsers() == 1);
			started.getBean(Failover.class).pause("operator");
			BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.US_ASCII));
			String line = lines.readLine();
			while (line != null && !line.startsWith("event:")) {
				line = lines.readLine();
			}
			assertThat(line).isEqualTo("event: change");
			assertThat(lines.readLine()).isEqualTo("data:");
		}
		Failover failover = started.getBean(Failover.class);
		Awaitility.await().until(() -> {
			failover.resume("operator");
			failover.pause("operator");
			return stream.browsers() == 0;
		});
	}

	/** A graceful shutdown would wait for an open stream. */
	@Test
	void endsItsStreamsBeforeTheWebServerShutsDown() throws Exception {
		ChangeStream stream = start("--failover.page.enabled=true").getBean(ChangeStream.class);
		assertThat(stream.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
		try (InputStream events = this.client
			.send(HttpRequest.newBuilder(url("/failover/events")).build(), BodyHandlers.ofInputStream())
			.body()) {
			stream.stop();
			events.readAllBytes();
			assertThat(stream.browsers()).isZero();
			assertThat(get("/failover/events").statusCode()).isEqualTo(503);
			stream.start();
		}
	}

	@Test
	void followsTheContextPathAndItsOwnPath() throws Exception {
		start("--failover.page.enabled=true", "--failover.page.path=/ops/database",
				"--server.servlet.context-path=/shop", "--management.endpoints.web.base-path=/manage",
				"--management.endpoint.failover.access=unrestricted");
		assertThat(get("/shop/ops/database").body()).contains("data-endpoint=\"/shop/manage/failover\"",
				"data-access=\"UNRESTRICTED\"", "src=\"/shop/ops/database/assets/page.js\"");
		assertThat(get("/shop/ops/database/assets/page.js").statusCode()).isEqualTo(200);
		assertThat(get("/shop/failover").statusCode()).isEqualTo(404);
	}

	@Test
	void canBeTheRootOfTheApplication() throws Exception {
		start("--failover.page.enabled=true", "--failover.page.path=/");
		assertThat(get("/").body()).contains("src=\"/assets/page.js\"");
		assertThat(get("/assets/page.js").statusCode()).isEqualTo(200);
		assertThat(get("/actuator/failover").body()).contains("\"mode\"");
	}

	@Test
	void isServedWhereTheEndpointIs() throws Exception {
		ConfigurableApplicationContext started = start("--failover.page.enabled=true", "--management.server.port=0");
		assertThat(get("/failover").statusCode()).isEqualTo(404);
		String management = "http://localhost:" + started.getEnvironment().getProperty("local.management.port");
		assertThat(get(URI.create(management + "/failover")).body()).contains("data-endpoint=\"/actuator/failover\"");
		assertThat(get(URI.create(management + "/failover/assets/page.js")).statusCode()).isEqualTo(200);
	}

	@Test
	void isNotServedWithoutTheEndpointAndSaysSo(CapturedOutput output) throws Exception {
		start("--failover.page.enabled=true", "--management.endpoints.web.exposure.include=health");
		assertThat(get("/failover").statusCode()).isEqualTo(404);
		assertThat(output).contains("The page for operators is not served: the endpoint 'failover' is not exposed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "failover", "/failover/", "/a b", "/../x/*", "" })
	void aPathThatIsNoneIsRefused(String path) {
		assertThatException().isThrownBy(() -> start("--failover.page.enabled=true", "--failover.page.path=" + path))
			.withStackTraceContaining("failover.page.path");
	}

	private ConfigurableApplicationContext start(String... arguments) {
		SpringApplication starting = new SpringApplication(Application.class);
		starting.setDefaultProperties(Map.of("server.port", "0", "spring.datasource.url",
				"jdbc:postgresql://127.0.0.1:1/orders", "failover.mirror.url", "jdbc:postgresql://127.0.0.1:2/orders",
				"management.endpoints.web.exposure.include", "failover,metrics"));
		ConfigurableApplicationContext started = starting.run(arguments);
		this.application = started;
		return started;
	}

	private URI url(String path) {
		return URI.create("http://localhost:"
				+ ((this.application != null) ? this.application.getEnvironment().getProperty("local.server.port") : "")
				+ path);
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return get(url(path));
	}

	private HttpResponse<String> get(URI url) throws IOException, InterruptedException {
		return this.client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
	}

	/**
	 * An application without Spring Security, which is on the class path of the tests.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { SECURITY + "SecurityAutoConfiguration", SECURITY + "UserDetailsServiceAutoConfiguration",
					SECURITY + "actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
					SECURITY + "web.servlet.SecurityFilterAutoConfiguration",
					SECURITY + "web.servlet.ServletWebSecurityAutoConfiguration" })
	static class Application {

	}

}
