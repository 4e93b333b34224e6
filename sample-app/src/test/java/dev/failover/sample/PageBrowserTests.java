package dev.failover.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
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
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the live page in a real browser: Chromium and its driver, where Debian
 * installs them. With {@code -Dscreenshots=<folder>} the page is photographed in each
 * mode, in both themes and for two widths. In the same ones axe-core looks for barriers.
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
		startInModeNormal(new Client(this.port));
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

	private static void startInModeNormal(Client client) {
		client.post("/demo/load/stop");
		await("ready node").atMost(Duration.ofSeconds(60))
			.until(() -> client.get("/actuator/failover").<Boolean>at("$.ready"));
		if (!"NORMAL".equals(client.get("/actuator/failover").at("$.mode"))) {
			client.post("/demo/nodes/primary/promote");
		}
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
		frame(1);
		click("kill primary: kill -9 of the server");
		awaitBanner("READ_ONLY", "Reads are served by mirror", "DOWN of primary");
		frame(2);
		await("held orders").atMost(Duration.ofSeconds(60)).until(() -> figure("calls held now") > 0);
		await("held on the chart").atMost(Duration.ofSeconds(60)).until(() -> chart("Writes").matches(".*held [1-4]"));
		frame(3);
		photograph("read-only");
		awaitBanner("FAILED_OVER", "Writes go to mirror");
		assertThat(card("primary")).contains("DOWN", "breaker OPEN");
		assertThat(card("mirror")).contains("takes writes");
		await("held orders that are done").atMost(Duration.ofSeconds(60)).until(() -> figure("calls held now") == 0);
		frame(4);
		assertThat(figure("calls slow")).isPositive();
		photograph("failed-over");
		assertThat(text("changes")).contains("READ_ONLY", "writes primary → none", "detected in", "writes whole after");
		click("rejoin primary: rebuilds it as a replica of the leader");
		awaitBanner("FAILED_OVER", "ready: another node could take over now");
		frame(5);
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
	void aDrillSaysThatItIsOneAndShowsItsReport() {
		awaitBanner("ready: another node could take over now");
		click("Drill: read-only for 5 s");
		awaitBanner("A drill is under way: the database is not touched", "READ_ONLY");
		await("report").atMost(Duration.ofSeconds(60))
			.untilAsserted(
					() -> assertThat(text("answer")).contains("Done (HTTP 200)", "drill on primary, read-only for 5 s",
							"writes left the node after", "no other node took writes", "calls failed", "were held"));
		closeAnswer();
		await("last report").atMost(Duration.ofSeconds(60))
			.until(() -> text("controls").contains("Last drill on primary, read-only for 5 s"));
		awaitBanner("ready: another node could take over now");
		assertThat(text("banner")).doesNotContain("drill");
	}

	@Test
	void aNodeThatRefusesNewConnectionsIsNotShownAsWell() {
		awaitBanner("ready: another node could take over now");
		click("refuse primary: the network refuses new connections to it");
		awaitBanner("IMPAIRED of primary", "Work goes to primary, which serves open connections and refuses new ones");
		click("heal primary: ends what the network does to it");
		awaitBanner("All work is served by primary");
	}

	@Test
	void noLabelTouchesALine() {
		awaitBanner("ready: another node could take over now");
		assertNoLabelTouchesALine("writes", "reads");
		click("cut primary: the network drops all packets to it");
		awaitBanner("READ_ONLY", "Promote a node with the cluster manager");
		assertNoLabelTouchesALine("reads");
		assertThat(card("primary")).contains("out of use").doesNotContain("in use,");
		click("heal primary: ends what the network does to it");
		awaitBanner("All work is served by primary");
	}

	/**
	 * A label lies on ground that was drawn after the lines, and on no other label.
	 */
	private void assertNoLabelTouchesALine(String... labels) {
		List<?> found = (List<?>) browser().executeScript("""
				const all = [...document.querySelectorAll('#arrows > *')];
				const grounds = all.filter((one) => one.matches('rect.arrow-ground'));
				return grounds.filter((ground) => {
				  const box = ground.getBBox();
				  const label = ground.nextSibling.getBBox();
				  return label.x > box.x && label.x + label.width < box.x + box.width
				    && !all.slice(all.indexOf(ground)).some((one) => one.matches('.arrow.writes, .arrow.reads'))
				    && grounds.every((other) => other === ground || Math.abs(other.getBBox().x - box.x) > box.width
				      || Math.abs(other.getBBox().y - box.y) > box.height);
				}).map((ground) => ground.nextSibling.textContent)""");
		assertThat(found).isEqualTo(List.of(labels));
	}

	@Test
	void theLossOfBothNodesIsSeen() {
		awaitBanner("ready: another node could take over now");
		click("kill mirror: kill -9 of the server");
		awaitBanner("DOWN of mirror");
		click("kill primary: kill -9 of the server");
		awaitBanner("UNAVAILABLE", "No node serves", "DOWN of primary");
		photograph("unavailable");
		click("restart primary: stops and starts the server");
		awaitBanner("All work is served by primary");
		click("restart mirror: stops and starts the server");
		awaitBanner("ready: another node could take over now");
	}

	@Test
	void eachControlIsReachedWithTheKeyboard() {
		awaitBanner("ready: another node could take over now");
		await("buttons of faults").atMost(Duration.ofSeconds(30)).until(() -> buttons().size() > 10);
		Set<String> reached = new HashSet<>();
		for (int i = 0; i < 3 * buttons().size(); i++) {
			new Actions(browser()).sendKeys(Keys.TAB).perform();
			reached.add(String.valueOf(browser().executeScript("return document.activeElement.textContent "
					+ "+ getComputedStyle(document.activeElement).outlineStyle + document.activeElement.title")));
		}
		assertThat(reached).containsAll(buttons());
		assertThat(buttons()).anyMatch((button) -> button.contains("Switch over to mirror"))
			.anyMatch((button) -> button.contains("Start the load"));
	}

	/** The page asks the endpoint twice a second. */
	@Test
	void evidenceThatWasOpenedStaysOpenAndKeepsTheFocus() {
		await("evidence").atMost(Duration.ofSeconds(30))
			.until(() -> !browser().findElements(By.tagName("summary")).isEmpty());
		browser().executeScript("document.querySelector('summary').focus()");
		new Actions(browser()).sendKeys(Keys.ENTER).perform();
		await("open evidence").during(Duration.ofSeconds(2))
			.until(() -> Boolean.TRUE
				.equals(browser().executeScript("return document.activeElement.tagName === 'SUMMARY' "
						+ "&& document.activeElement.parentElement.open")));
	}

	/**
	 * Returns what distinguishes each button that can be pressed, when it has the focus.
	 */
	private List<String> buttons() {
		return browser().findElements(By.cssSelector("button:enabled"))
			.stream()
			.map((button) -> button.getDomProperty("textContent") + "solid" + button.getDomAttribute("title"))
			.toList();
	}

	@Test
	void nothingMovesForThoseWhoPreferThat() {
		awaitBanner("A lost node leaves the route within");
		assertThat(moving()).isPositive();
		browser().executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
		assertThat(moving()).isZero();
	}

	private long moving() {
		return ((Number) Objects.requireNonNull(browser().executeScript("""
				return [...document.querySelectorAll('*')].filter((one) => {
				  const style = getComputedStyle(one);
				  return style.transitionDuration !== '0s' || style.animationName !== 'none';
				}).length"""))).longValue();
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

	/**
	 * Returns what a chart of the load tells those who cannot see it.
	 */
	private String chart(String kind) {
		return String.valueOf(browser().findElement(By.cssSelector("canvas[aria-label^='" + kind + " of the load']"))
			.getDomAttribute("aria-label"));
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
		closeAnswer();
		String folder = System.getProperty("screenshots");
		if (folder != null) {
			inEachLook((width, theme) -> store(Path.of(folder, "page-" + mode + "-" + width + "-" + theme + ".png")));
		}
		inEachLook((width, theme) -> assertThat(barriers()).as("%s, %s px, %s", mode, width, theme).isEmpty());
	}

	/**
	 * Stores a frame of the animation, which {@code docs/images/animate.py} makes.
	 */
	private void frame(int number) {
		String folder = System.getProperty("screenshots");
		if (folder != null) {
			closeAnswer();
			emulate(1200, "light");
			store(Path.of(folder, "frame-" + number + ".png"));
		}
	}

	private void closeAnswer() {
		browser().findElements(By.cssSelector("#answer .close")).forEach(WebElement::click);
	}

	private void inEachLook(BiConsumer<Integer, String> action) {
		for (int width : new int[] { 1440, 390 }) {
			for (String theme : List.of("light", "dark")) {
				emulate(width, theme);
				action.accept(width, theme);
			}
		}
		emulate(1440, "light");
	}

	/**
	 * Returns the serious and critical violations of accessibility that axe-core finds.
	 */
	private List<?> barriers() {
		if (!Boolean.TRUE.equals(browser().executeScript("return 'axe' in window"))) {
			browser().executeScript(axe());
		}
		Object found = browser().executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run().then((results) => done(results.violations
				  .filter((one) => ['serious', 'critical'].includes(one.impact))
				  .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html} ${node.failureSummary}`))),
				  (error) => done([String(error)]));
				""");
		return (List<?>) Objects.requireNonNull(found);
	}

	private static String axe() {
		try {
			return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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
