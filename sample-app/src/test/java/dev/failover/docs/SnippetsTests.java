package dev.failover.docs;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import javax.xml.parsers.DocumentBuilderFactory;

import dev.failover.docs.Page.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of the blocks of code in the documents. Java is an excerpt of a source that is
 * compiled here; YAML, JSON and XML are parsed.
 */
final class SnippetsTests {

	private static final Set<String> LANGUAGES = Set.of("java", "yaml", "json", "xml", "sql", "sh", "bash", "ini",
			"haproxy", "text", "properties", "mermaid");

	private static final Pattern OURS = Pattern.compile("(failover|spring|management)\\..*");

	private static final Pattern IMPORT = Pattern.compile("(?m)^(?:package|import) .*;$");

	private static final List<String> SOURCES = Sources.all().stream().map((source) -> compact(source.text())).toList();

	static Stream<Block> blocks(String language) {
		return Page.all().stream().flatMap((page) -> page.blocks(language).stream());
	}

	@Test
	void eachBlockNamesItsLanguage() {
		assertThat(Page.all()).filteredOn((page) -> !page.file().startsWith("docs/benchmarks"))
			.flatMap(Page::blocks)
			.allSatisfy((block) -> assertThat(block.language()).as(block.place()).isIn(LANGUAGES));
	}

	@ParameterizedTest
	@MethodSource
	void javaIsAnExcerptOfASourceThatIsCompiled(Block block) {
		List<String> parts = new ArrayList<>(
				IMPORT.matcher(block.code()).results().map((part) -> compact(part.group())).toList());
		// a class may go on in the source
		parts.add(compact(IMPORT.matcher(block.code()).replaceAll("")).replaceFirst("}+$", ""));
		assertThat(SOURCES.stream().anyMatch((source) -> parts.stream().allMatch(source::contains)))
			.as("a source contains%n%s", block.code())
			.isTrue();
	}

	/**
	 * Returns all but the application of the tutorial, which {@link TutorialTests}
	 * compiles and runs.
	 */
	static Stream<Block> javaIsAnExcerptOfASourceThatIsCompiled() {
		return blocks("java").filter((block) -> !block.place().startsWith("docs/tutorial.md"));
	}

	private static String compact(String code) {
		return code.replace("static class", "class").replaceAll("\\s+", "");
	}

	@ParameterizedTest
	@MethodSource
	void yamlIsValidAndItsPropertiesExist(Block block) {
		List<String> names = new ArrayList<>();
		StreamSupport.stream(new Yaml().loadAll(block.code()).spliterator(), false)
			.forEach((document) -> collect("", document, names));
		assertThat(names).isNotEmpty().filteredOn((name) -> OURS.matcher(name).matches()).allMatch(Metadata::exists);
	}

	static Stream<Block> yamlIsValidAndItsPropertiesExist() {
		return blocks("yaml");
	}

	private static void collect(String prefix, Object value, List<String> names) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, below) -> collect(prefix.isEmpty() ? key.toString() : prefix + "." + key, below, names));
		}
		else {
			names.add(prefix);
		}
	}

	@ParameterizedTest
	@MethodSource
	void propertiesExist(Block block) {
		assertThat(block.code().lines().filter((line) -> !line.startsWith("#") && !line.isBlank()))
			.allMatch((line) -> line.contains("=") && Metadata.exists(line.substring(0, line.indexOf('='))));
	}

	static Stream<Block> propertiesExist() {
		return blocks("properties");
	}

	@ParameterizedTest
	@MethodSource
	void jsonIsValid(Block block) {
		String code = block.code().strip();
		assertThatNoException()
			.isThrownBy(() -> new JsonMapper().readTree(code.startsWith("{") ? code : "{" + code + "}"));
	}

	static Stream<Block> jsonIsValid() {
		return blocks("json");
	}

	@ParameterizedTest
	@MethodSource
	void xmlIsValid(Block block) {
		assertThatNoException().isThrownBy(() -> DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader("<all>" + block.code() + "</all>"))));
	}

	static Stream<Block> xmlIsValid() {
		return blocks("xml");
	}

}
