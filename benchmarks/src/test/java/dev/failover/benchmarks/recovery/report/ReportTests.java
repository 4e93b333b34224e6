package dev.failover.benchmarks.recovery.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.xml.parsers.DocumentBuilderFactory;

import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Results;
import dev.failover.benchmarks.recovery.result.Spread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * The report of a result made by hand.
 */
class ReportTests {

	private final Result result = Results.example();

	@Test
	void whatIsWrittenIsReadAgain(@TempDir Path directory) throws IOException {
		Report report = new Report(directory.resolve("new"));
		report.write(this.result);
		assertThat(report.read()).isEqualTo(this.result);
		assertThat(directory.resolve("new/recovery.md")).exists();
		assertThat(Files.readString(directory.resolve("new/recovery-kill.svg"))).startsWith("<svg");
	}

	@Test
	void theTableShowsNeverAndTheBestInBold() {
		String page = new RecoveryPage(this.result).text();
		assertThat(page).contains("| The <ours> | **40 ms** | **40 ms** | **1** |")
			.contains("| The <other> | never | never | **1** | 9.00 s |")
			.contains("setting=of other");
	}

	@Test
	void aBoundIsShownButCompetesWithNobody() {
		Result bounded = Results.bounded();
		assertThat(new RecoveryPage(bounded).text()).contains("| The <bound> | 20 ms |")
			.contains("| The <ours> | **40 ms** |");
		assertThat(new Standings(bounded).text()).contains("| reads | kill | first | first |");
	}

	@Test
	void whoReadsFromTheMirrorAnywayIsNotFirstThere() {
		Result spreading = Results.spreading();
		assertThat(new RecoveryPage(spreading).text()).contains("| The <both> | 20 ms | **20 ms** |")
			.contains("| The <ours> | **40 ms** | 40 ms |");
		assertThat(new Standings(spreading).text()).contains("| reads | kill |  | **behind** |");
	}

	@Test
	void thePageSaysWhenTheServerWasGone() {
		assertThat(new RecoveryPage(this.result).text())
			.contains("The last process of the primary had ended 90 ms after its last answer");
	}

	@Test
	void targetsAreHeldAgainstWhatWasMeasured() {
		assertThat(new Targets(this.result).text()).contains("| ours | kill | reads whole | ≤ 50 ms | 40 ms | yes |");
	}

	@Test
	void ourRowsAreHeldAgainstTheBestPeerInEveryColumn() {
		assertThat(new Standings(this.result).text())
			.contains("| reads | kill | first | first |  | tied | first | tied |")
			.contains("Behind in 0 of 13 columns.");
	}

	@Test
	void picturesAreWellFormed() {
		for (String picture : new String[] { new StripChart(this.result, "kill").draw(),
				new PercentileChart(this.result, "kill").draw() }) {
			assertThatCode(() -> DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.parse(new InputSource(new StringReader(picture)))).doesNotThrowAnyException();
			assertThat(picture).contains("The &lt;ours&gt;");
		}
	}

	@Test
	void spreadsShowTheLeastAndTheGreatest() {
		assertThat(Words.times(Spread.of(Arrays.asList(40.0, 1500.0, null)))).isEqualTo("1.50 s (40 ms – never)");
		assertThat(Words.counts(Spread.of(Arrays.asList(7.0, 7.0)))).isEqualTo("7");
		assertThat(Words.millis(-0.3)).isEqualTo("0 ms");
	}

}
