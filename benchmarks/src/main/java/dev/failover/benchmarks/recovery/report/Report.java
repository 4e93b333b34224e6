package dev.failover.benchmarks.recovery.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.failover.benchmarks.recovery.result.Result;

/**
 * The files of the report: {@code recovery.json}, {@code recovery.md} and pictures beside
 * them.
 */
public final class Report {

	private final Path directory;

	private final JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/**
	 * A report in a directory, which need not be there.
	 */
	public Report(Path directory) {
		this.directory = directory;
	}

	/**
	 * Write all files.
	 */
	public void write(Result result) throws IOException {
		Files.createDirectories(this.directory);
		write(".json", this.mapper.writeValueAsString(result) + "\n");
		write(".md", new Markdown(result).text());
		for (String fault : result.faults()) {
			write("-" + fault + ".svg", new StripChart(result, fault).draw());
			write("-" + fault + "-latency.svg", new PercentileChart(result, fault).draw());
		}
	}

	private void write(String suffix, String content) throws IOException {
		Files.writeString(file(suffix), content);
	}

	/**
	 * Read what was measured.
	 */
	public Result read() throws IOException {
		return this.mapper.readValue(Files.readString(file(".json")), Result.class);
	}

	private Path file(String suffix) {
		return this.directory.resolve("recovery" + suffix);
	}

}
