package dev.failover.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the links between the documents.
 */
final class LinksTests {

	private static final Pattern MENTION = Pattern.compile("\\bdocs/[\\w/.-]+\\.(?:md|yml|yaml|json)\\b(#[\\w-]+)?");

	private final Map<Path, Page> pages = Page.all()
		.stream()
		.collect(Collectors.toMap(Page::file, Function.identity()));

	@Test
	void eachLinkLeadsToAFileAndAHeading() {
		List<String> dead = this.pages.values()
			.stream()
			.flatMap((page) -> page.links()
				.stream()
				.filter((link) -> !exists(page, link))
				.map((link) -> page + ": " + link))
			.toList();
		assertThat(dead).isEmpty();
	}

	@Test
	void eachPageIsReachedFromTheIndex() {
		Page index = Page.of("docs/README.md");
		List<Path> linked = Stream.of(index, Page.of("docs/kubernetes/README.md"), Page.of("docs/benchmarks/README.md"))
			.flatMap((page) -> page.links().stream().map((link) -> target(page, link)))
			.toList();
		assertThat(this.pages.keySet())
			.filteredOn((file) -> file.startsWith("docs") && !file.startsWith("docs/decisions"))
			.filteredOn((file) -> !file.equals(index.file()))
			.isSubsetOf(linked);
	}

	@Test
	void eachLinkOfTheListForLanguageModelsLeadsToAFile() {
		assertThat(Page.of("docs/llms.txt").links()).hasSizeGreaterThan(15)
			.allSatisfy((link) -> assertThat(Page.ROOT.resolve("docs").resolve(link)).exists());
	}

	@Test
	void eachDocumentThatASourceMentionsExists() {
		assertThat(Sources.all()).allSatisfy((source) -> assertThat(
				MENTION.matcher(source.text()).results().map((mention) -> mention.group().replaceFirst("#.*", "")))
			.as("%s", source.file())
			.allSatisfy((file) -> assertThat(Page.ROOT.resolve(file)).exists()));
	}

	private boolean exists(Page page, String link) {
		Path target = target(page, link);
		if (!Files.exists(Page.ROOT.resolve(target))) {
			return false;
		}
		String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
		return anchor.isEmpty()
				|| (this.pages.containsKey(target) && this.pages.get(target).anchors().contains(anchor));
	}

	private static Path target(Page page, String link) {
		String file = link.replaceFirst("#.*", "");
		return file.isEmpty() ? page.file()
				: Page.ROOT.relativize(Page.ROOT.resolve(page.file()).resolveSibling(file).normalize());
	}

}
