package dev.failover.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the live page in a real browser: Chromium and its driver, where Debian
 * installs them. With {@code -Dscreenshots=<folder>} the page is photographed in each
 * mode, in both themes and for two widths.
 */
@Tag("long")
@EnabledIf("isThereABrowser")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "failover.embedded.promote-after=6s", "spring.datasource.hikari.connection-timeout=30000" })
final class PageBrowserTests {

	private static final File BROWSER = new File("/usr/bin/chromium");

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	@LocalServerPort
	private int port;

	private @Nullable ChromeDriver browser;

	static boolean isThereABrowser() {
		return BROWSER.canExecute() && DRIVER.canExecute();
	}

	@BeforeEach
	void open() {
		new Client(this.port).post("/demo/load/stop");
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(BROWSER);
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1440,1000");
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		this.browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(),
				options);
		this.browser.get("http://localhost:" + this.port + "/");
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void aFailoverIsSeenOnThePageAlone() {
		awaitBanner("NORMAL", "ready: another node could take over now");
		assertThat(card("primary")).contains("takes writes", "serves reads", "UP", "writable", "PostgreSQL");
		assertThat(card("mirror")).contains("UP", "read-only", "verified");
		photograph("normal");
		click("Start the load");
		await("orders").atMost(Duration.ofSeconds(60)).until(() -> figure("orders acknowledged") > 20);
		await("synchronous").atMost(Duration.ofSeconds(60)).until(() -> card("mirror").contains("synchronous"));
		click("kill primary: kill -9 of the server");
		awaitBanner("READ_ONLY", "Reads are served by mirror", "DOWN of primary");
		photograph("read-only");
		awaitBanner("FAILED_OVER", "Writes go to mirror");
		assertThat(card("primary")).contains("DOWN", "breaker OPEN");
		assertThat(card("mirror")).contains("takes writes");
		photograph("failed-over");
		assertThat(text("changes")).contains("READ_ONLY", "writes primary → none", "detected in", "writes whole after");
		click("rejoin primary: rebuilds it as a replica of the leader");
		awaitBanner("FAILED_OVER", "ready: another node could take over now");
		long before = figure("orders acknowledged");
		await("further orders").atMost(Duration.ofSeconds(60)).until(() -> figure("orders acknowledged") > before);
		click("Stop the load");
		assertThat(figure("of them lost")).isZero();
		assertThat(text("answer")).contains("curl -X POST 'http://localhost:" + this.port + "/demo/load/stop'");
		assertThat(errors()).isEmpty();
	}

	@Test
	void anOperationThatIsRefusedSaysWhyAndOneThatSucceedsIsShown() {
		awaitBanner("ready: another node could take over now");
		click("Pause automatic changes");
		awaitBanner("PAUSED");
		photograph("paused");
		click("Drill: refuse for 5 s");
		await("refusal").atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(text("answer")).contains("Refused (HTTP 4", "paused"));
		click("Resume automatic changes");
		await("resumed").atMost(Duration.ofSeconds(30)).until(() -> !text("conditions").contains("PAUSED"));
		assertThat(errors()).allMatch((error) -> error.contains("/actuator/failover"));
	}

	@Test
	void fitsOnAPhone() {
		awaitBanner("A lost node leaves the route within");
		browser().manage().window().setSize(new Dimension(500, 900));
		emulate(390, "light");
		assertThat((Long) browser().executeScript("return document.documentElement.scrollWidth"))
			.isLessThanOrEqualTo(390L);
	}

	private ChromeDriver browser() {
		if (this.browser == null) {
			throw new IllegalStateException("The browser was not opened");
		}
		return this.browser;
	}

	private void awaitBanner(String... texts) {
		ConditionFactory banner = await("banner with " + List.of(texts)).atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50));
		banner.untilAsserted(() -> assertThat(text("banner")).contains(texts));
	}

	private String text(String id) {
		return String.valueOf(browser().executeScript("return document.getElementById(arguments[0]).innerText", id));
	}

	private String card(String node) {
		return browser().findElement(By.cssSelector("#nodes > li[data-node='" + node + "']")).getText();
	}

	private long figure(String label) {
		for (WebElement figure : browser().findElements(By.cssSelector(".figure"))) {
			if (figure.findElement(By.tagName("span")).getText().equals(label)) {
				return Long.parseLong(figure.findElement(By.tagName("b")).getText().replaceAll("\\D", ""));
			}
		}
		throw new IllegalStateException("There is no figure '" + label + "'");
	}

	private void click(String name) {
		By button = By.xpath("//button[@aria-label='" + name + "' or normalize-space()='" + name + "']");
		WebElement found = await("button " + name).atMost(Duration.ofSeconds(30))
			.until(() -> browser().findElements(button).stream().filter(WebElement::isEnabled).findFirst().orElse(null),
					(element) -> element != null);
		browser().executeScript("arguments[0].click()", found);
	}

	private List<String> errors() {
		return browser().manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	private void photograph(String mode) {
		String folder = System.getProperty("screenshots");
		if (folder == null) {
			return;
		}
		for (int width : new int[] { 1440, 390 }) {
			for (String theme : List.of("light", "dark")) {
				emulate(width, theme);
				store(Path.of(folder, "page-" + mode + "-" + width + "-" + theme + ".png"));
			}
		}
		emulate(1440, "light");
	}

	private void emulate(int width, String theme) {
		browser().executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
		browser().executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
	}

	private void store(Path file) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.write(file, browser().getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
