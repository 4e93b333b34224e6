package dev.failover.benchmarks.recovery;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.failover.benchmarks.recovery.contender.Contender;
import dev.failover.benchmarks.recovery.contender.Contenders;
import dev.failover.benchmarks.recovery.result.Columns;
import dev.failover.benchmarks.recovery.result.Entrant;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Setup;
import dev.failover.benchmarks.run.Machine;

/**
 * Plays all trials that were asked for.
 */
final class Run {

	private final Options options;

	private final PrintStream progress;

	private final List<Sample> samples = new ArrayList<>();

	private final List<String> broken = new ArrayList<>();

	Run(Options options, PrintStream progress) {
		this.options = options;
		this.progress = progress;
	}

	/**
	 * Play them one after another.
	 */
	Result play() throws InterruptedException {
		String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
		Machine machine = Machine.current();
		List<Contender> wanted = Contenders.all()
			.stream()
			.filter((contender) -> this.options.wants(contender.name()))
			.toList();
		List<Contender> present = wanted.stream().filter((contender) -> contender.missing().isEmpty()).toList();
		for (Fault fault : this.options.chosenFaults()) {
			play(fault, present);
		}
		Setup setup = new Setup(this.options.plan().word(), this.options.window().toMillis(),
				Promotion.EARLY.toMillis(), Promotion.LATE.toMillis(), Clients.WRITERS, Clients.READERS,
				Client.PACE.toMillis());
		return new Result(date, machine, setup, wanted.stream().map(Run::entrant).toList(),
				wanted.size() - present.size(), this.broken, this.samples);
	}

	/**
	 * Contenders take turns, so that what the machine does meanwhile hits all alike.
	 */
	private void play(Fault fault, List<Contender> contenders) throws InterruptedException {
		int most = contenders.stream()
			.mapToInt((contender) -> this.options.repetitions(contender.name(), fault))
			.max()
			.orElse(0);
		for (int repetition = 1; repetition <= most; repetition++) {
			for (Contender contender : contenders) {
				if (repetition <= this.options.repetitions(contender.name(), fault)
						&& !RecoveryPlan.isHopeless(samples(contender, fault))) {
					play(new Trial(contender, fault, repetition, this.options.window()));
				}
			}
		}
	}

	private List<Sample> samples(Contender contender, Fault fault) {
		return this.samples.stream().filter((sample) -> sample.isOf(contender.name(), fault.word())).toList();
	}

	private void play(Trial trial) throws InterruptedException {
		String name = trial.contender().name() + ", " + trial.fault().word() + ", " + trial.repetition();
		try {
			Sample sample = trial.run();
			this.samples.add(sample);
			this.progress.println(name + ": " + line("reads", sample.reads()) + "; " + line("writes", sample.writes())
					+ "; promoted " + sample.promoted() + ", lost " + sample.lost() + ", duplicated "
					+ sample.duplicated() + ", " + sample.operationsPerSecond() + "/s");
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			this.broken.add(name + ": " + ex);
			this.progress.println(name + " could not be played: " + ex);
		}
	}

	private static String line(String kind, Columns columns) {
		return kind + " whole " + columns.whole() + ", failed " + columns.failed() + ", longest " + columns.longest()
				+ ", stuck " + columns.stuck();
	}

	private static Entrant entrant(Contender contender) {
		return new Entrant(contender.name(), contender.title(), contender.settings(), contender.versions(),
				contender.missing().orElse(null), !contender.competes(), contender.readsFromBoth());
	}

}
