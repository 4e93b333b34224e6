package dev.failover.page;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page and of the endpoint's write operations with Spring Security.
 */
@Tag("long")
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
final class PageSecurityTests {

	private static final String PAUSE = "{\"action\": \"pause\"}";

	@AutoClose
	private final ConfigurableApplicationContext application = start();

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private static ConfigurableApplicationContext start() {
		SpringApplication starting = new SpringApplication(SecuredApplication.class);
		starting.setDefaultProperties(Map.of("server.port", "0", "spring.datasource.url",
				"jdbc:postgresql://127.0.0.1:1/orders", "failover.mirror.url", "jdbc:postgresql://127.0.0.1:2/orders",
				"management.endpoints.web.exposure.include", "failover,metrics", "management.endpoint.failover.access",
				"unrestricted", "failover.page.enabled", "true"));
		return starting.run();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/failover", "/failover/assets/page.js", "/failover/events", "/actuator/failover" })
	void anonymousUsersSeeNothing(String path) throws Exception {
		assertThat(send(null, path, null, null).statusCode()).isEqualTo(401);
	}

	@Test
	void anonymousUsersDoNothing() throws Exception {
		assertThat(send(null, "/actuator/failover", PAUSE, null).statusCode()).isIn(401, 403);
		assertThat(send(null, "/actuator/failover", PAUSE, token("viewer")).statusCode()).isEqualTo(401);
		assertThat(isAutomatic()).isTrue();
	}

	@Test
	void viewersSeeThePageAndDoNothing() throws Exception {
		assertThat(send("viewer", "/failover", null, null).body()).contains("data-endpoint=\"/actuator/failover\"");
		assertThat(send("viewer", "/failover/assets/page.js", null, null).statusCode()).isEqualTo(200);
		assertThat(send("viewer", "/actuator/failover", null, null).body()).contains("\"mode\"");
		String token = token("viewer");
		for (String action : new String[] { "pause", "resume", "failback", "switchover", "drill" }) {
			String body = "{\"action\": \"%s\"}".formatted(action);
			assertThat(send("viewer", "/actuator/failover", body, token).statusCode()).as(action).isEqualTo(403);
		}
		assertThat(isAutomatic()).isTrue();
	}

	@Test
	void operatorsActWithTheTokenOfTheCookieOnly() throws Exception {
		String token = token("operator");
		// the filter of the token precedes the login, so that Spring Security asks for
		// one
		assertThat(send("operator", "/actuator/failover", PAUSE, null).statusCode()).isIn(401, 403);
		assertThat(send("operator", "/actuator/failover", PAUSE, "forged").statusCode()).isIn(401, 403);
		assertThat(isAutomatic()).isTrue();
		assertThat(send("operator", "/actuator/failover", PAUSE, token).statusCode()).isEqualTo(200);
		assertThat(isAutomatic()).isFalse();
		send("operator", "/actuator/failover", PAUSE.replace("pause", "resume"), token);
		assertThat(isAutomatic()).isTrue();
	}

	@Test
	void eachHeaderIsSentOnce() throws Exception {
		HttpResponse<String> document = send("viewer", "/failover", null, null);
		assertThat(document.headers().allValues("Content-Security-Policy")).singleElement()
			.asString()
			.contains("default-src 'self'", "frame-ancestors 'none'");
		assertThat(document.headers().allValues("X-Frame-Options")).containsExactly("DENY");
		assertThat(document.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(document.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
		assertThat(document.headers().allValues("Cache-Control")).containsExactly("no-store");
	}

	private boolean isAutomatic() throws Exception {
		return send("viewer", "/actuator/failover", null, null).body().contains("\"automatic\":true");
	}

	/**
	 * Returns the token that the scripts of the page find in the cookie.
	 */
	private String token(String user) throws Exception {
		send(user, "/failover", null, null);
		return cookies().filter((cookie) -> cookie.getName().equals("XSRF-TOKEN")).findFirst().orElseThrow().getValue();
	}

	private Stream<HttpCookie> cookies() {
		return this.cookies.getCookieStore().getCookies().stream();
	}

	private HttpResponse<String> send(@Nullable String user, String path, @Nullable String body, @Nullable String token)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI
			.create("http://localhost:" + this.application.getEnvironment().getProperty("local.server.port") + path));
		if (user != null) {
			byte[] login = (user + ":" + SecuredApplication.PASSWORD).getBytes(StandardCharsets.UTF_8);
			request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
		}
		if (body != null) {
			request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
		}
		if (token != null) {
			request.header("X-XSRF-TOKEN", token);
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
