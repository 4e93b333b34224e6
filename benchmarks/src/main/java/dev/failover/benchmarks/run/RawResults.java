package dev.failover.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes results with all samples as JSON, one sample on a line.
 */
public final class RawResults {

	private static final ObjectWriter WRITER = JsonMapper.shared()
		.writer()
		.with(new DefaultPrettyPrinter().withObjectIndenter(new OuterLevels(1)).withArrayIndenter(new OuterLevels(2)));

	private RawResults() {
	}

	/**
	 * Writes a record of results.
	 */
	public static void write(Path file, Object results) throws IOException {
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.writeString(file, WRITER.writeValueAsString(results) + "\n");
	}

	/**
	 * Begins a new line for values of the outer levels only.
	 */
	private static final class OuterLevels extends DefaultPrettyPrinter.NopIndenter {

		private static final long serialVersionUID = 1L;

		private final int levels;

		OuterLevels(int levels) {
			this.levels = levels;
		}

		@Override
		public void writeIndentation(JsonGenerator generator, int level) {
			generator.writeRaw((level <= this.levels) ? "\n" + "  ".repeat(level) : " ");
		}

		@Override
		public boolean isInline() {
			return false;
		}

	}

}
