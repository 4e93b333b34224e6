package dev.failover.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
		Set<Path> reached = new HashSet<>();
		Deque<Path> next = new ArrayDeque<>(Set.of(Path.of("docs", "README.md")));
		while (!next.isEmpty()) {
			Page page = this.pages.get(next.poll());
			if (page != null && reached.add(page.file())) {
				page.links().forEach((link) -> next.add(target(page, link)));
			}
		}
		assertThat(reached).containsAll(this.pages.keySet()
			.stream()
			.filter((file) -> file.startsWith("docs") && !file.startsWith("docs/decisions"))
			.toList());
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
