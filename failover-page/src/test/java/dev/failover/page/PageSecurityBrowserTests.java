package dev.failover.page;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page in a real browser with Spring Security, for an application whose
 * servers answer with texts that try to become markup.
 */
@Tag("long")
@EnabledIf("isThereABrowser")
@TestInstance(Lifecycle.PER_CLASS)
final class PageSecurityBrowserTests {

	private static final File BROWSER = new File("/usr/bin/chromium");

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private static final String HOSTILE = "<script>document.title='taken'</script>"
			+ "<img src=x onerror=\"document.title='taken'\"> \"double\" 'single' </li></ul>\u0007\u001b[31m\r\n\u2028end";

	@AutoClose
	private final HostileServer server = new HostileServer(HOSTILE);

	@AutoClose
	private final ConfigurableApplicationContext application = start();

	static boolean isThereABrowser() {
		return BROWSER.canExecute() && DRIVER.canExecute();
	}

	private ConfigurableApplicationContext start() {
		SpringApplication starting = new SpringApplication(SecuredApplication.class);
		String url = "jdbc:postgresql://127.0.0.1:" + this.server.port() + "/";
		starting.setDefaultProperties(Map.of("server.port", "0", "spring.datasource.url", url + "one",
				"failover.mirror.url", url + "two", "spring.application.name", HOSTILE,
				"management.endpoints.web.exposure.include", "failover,metrics", "management.endpoint.failover.access",
				"unrestricted", "failover.page.enabled", "true"));
		return starting.run();
	}

	@Test
	void textsOfServersAreShownAndBecomeNoMarkup() {
		with("viewer", (browser) -> {
			awaitThat().untilAsserted(() -> {
				assertThat(text(browser, "nodes")).contains("<script>document.title='taken'</script>", "\"double\"");
				assertThat(text(browser, "banner")).contains("onerror=\"document.title='taken'\"", "'single'");
			});
			assertThat(browser.getTitle()).startsWith("<script>");
			assertThat(browser.findElements(By.tagName("img"))).isEmpty();
			assertThat(browser.findElements(By.tagName("script"))).hasSize(1);
			assertThat(browser.findElements(By.cssSelector("body script"))).isEmpty();
		});
	}

	@Test
	void theButtonsOfThePageSendTheTokenOfAnOperator() {
		with("operator", (browser) -> {
			click(browser, "Pause automatic changes");
			awaitThat().untilAsserted(() -> assertThat(text(browser, "answer")).contains("Done (HTTP 200)"));
			awaitThat().untilAsserted(() -> assertThat(text(browser, "banner")).contains("PAUSED"));
			click(browser, "Resume automatic changes");
			awaitThat().untilAsserted(() -> assertThat(text(browser, "banner")).doesNotContain("PAUSED"));
		});
	}

	@Test
	void theButtonsOfThePageAreRefusedToAViewer() {
		with("viewer", (browser) -> {
			click(browser, "Pause automatic changes");
			awaitThat().untilAsserted(() -> assertThat(text(browser, "answer")).contains("Refused (HTTP 403)"));
			assertThat(text(browser, "banner")).doesNotContain("PAUSED");
		});
	}

	private void with(String user, Session session) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(BROWSER);
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync");
		ChromeDriver browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(),
				options);
		try {
			byte[] login = (user + ":" + SecuredApplication.PASSWORD).getBytes(StandardCharsets.UTF_8);
			browser.executeCdpCommand("Network.enable", Map.of());
			browser.executeCdpCommand("Network.setExtraHTTPHeaders",
					Map.of("headers", Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))));
			browser.get("http://localhost:" + this.application.getEnvironment().getProperty("local.server.port")
					+ "/failover");
			session.run(browser);
		}
		finally {
			browser.quit();
		}
	}

	private static void click(ChromeDriver browser, String name) {
		By button = By.xpath("//button[normalize-space()='" + name + "']");
		awaitThat().until(() -> !browser.findElements(button).isEmpty());
		browser.executeScript("arguments[0].click()", browser.findElement(button));
	}

	private static String text(ChromeDriver browser, String id) {
		return String.valueOf(browser.executeScript("return document.getElementById(arguments[0]).innerText", id));
	}

	private static ConditionFactory awaitThat() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	/**
	 * Steps of a test in a browser.
	 */
	private interface Session {

		void run(ChromeDriver browser);

	}

}
