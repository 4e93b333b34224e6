package dev.failover.benchmarks.recovery.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.run.RawResults;

/**
 * The files of the report: {@code recovery.json}, {@code recovery.md} and pictures beside
 * them.
 */
public final class Report {

	private final Path directory;

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
		RawResults.write(file(".json"), result);
		write(".md", new RecoveryPage(result).text());
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
		return RawResults.read(file(".json"), Result.class);
	}

	private Path file(String suffix) {
		return this.directory.resolve("recovery" + suffix);
	}

}
