package dev.failover.benchmarks.recovery;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.failover.benchmarks.recovery.contender.Contender;
import dev.failover.benchmarks.recovery.contender.Contenders;
import dev.failover.benchmarks.recovery.result.Impact;
import dev.failover.benchmarks.recovery.result.RecoveryResults;
import dev.failover.benchmarks.recovery.result.RecoveryResults.Entrant;
import dev.failover.benchmarks.recovery.result.RecoveryResults.Setup;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.run.Machine;

/**
 * Runs all trials one after another.
 */
final class Trials {

	/** A contender that did not recover in so many trials is not tried again. */
	private static final int HOPELESS = 2;

	/** Time for which clients work before each fault but the first. */
	private static final Duration STEADY = Duration.ofSeconds(1);

	/**
	 * The same behind services: the pools are full then. One that fills takes the
	 * processors of this machine from the servers that change their roles.
	 */
	private static final Duration STEADY_BEHIND_SERVICES = Duration.ofSeconds(5);

	private final RecoveryOptions options;

	private final PrintStream progress;

	private final List<Sample> samples = new ArrayList<>();

	private final List<String> broken = new ArrayList<>();

	Trials(RecoveryOptions options, PrintStream progress) {
		this.options = options;
		this.progress = progress;
	}

	RecoveryResults run() throws InterruptedException {
		String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
		Machine machine = Machine.current();
		List<Contender> wanted = Contenders.all()
			.stream()
			.filter((contender) -> this.options.wants(contender.name()))
			.toList();
		List<Contender> present = wanted.stream().filter((contender) -> contender.missing().isEmpty()).toList();
		for (Fault fault : this.options.faults()) {
			run(fault,
					present.stream()
						.filter((contender) -> fault.isBehindServices() ? contender.runsOnServices()
								: contender.knowsBothNodes())
						.toList());
		}
		printFirst();
		Setup setup = new Setup(this.options.size().name().toLowerCase(Locale.ROOT), this.options.window().toMillis(),
				Promotion.EARLY.toMillis(), Promotion.LATE.toMillis(), Clients.WRITERS, Clients.READERS,
				this.options.faults().get(0).pace().toMillis());
		return new RecoveryResults(date, machine, setup, wanted.stream().map(Trials::entrant).toList(),
				wanted.size() - present.size(), this.broken, this.samples);
	}

	/**
	 * Runs all repetitions of a fault. Contenders take turns, so that a slow phase of the
	 * machine affects all of them.
	 */
	private void run(Fault fault, List<Contender> contenders) throws InterruptedException {
		int most = contenders.stream()
			.mapToInt((contender) -> this.options.repetitions(contender.name(), fault))
			.max()
			.orElse(0);
		for (int repetition = 1; repetition <= most; repetition++) {
			for (Contender contender : contenders) {
				if (repetition <= this.options.repetitions(contender.name(), fault) && !isHopeless(contender, fault)) {
					run(new Trial(contender, fault, repetition, steady(fault), this.options.window()));
				}
			}
		}
	}

	private Duration steady(Fault fault) {
		if (fault.isBehindServices()) {
			return STEADY_BEHIND_SERVICES;
		}
		return this.samples.isEmpty() ? this.options.steady() : STEADY;
	}

	private boolean isHopeless(Contender contender, Fault fault) {
		List<Sample> earlier = this.samples.stream()
			.filter((sample) -> sample.isOf(contender.name(), fault.word()))
			.toList();
		return earlier.size() >= HOPELESS && earlier.stream()
			.allMatch((sample) -> sample.reads().recovered() == null && sample.writes().recovered() == null);
	}

	private void run(Trial trial) throws InterruptedException {
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
			this.progress.println(name + " failed: " + ex);
		}
	}

	/**
	 * Prints the first fault of this JVM, whose code ran for the first time, beside the
	 * later ones of the same kind.
	 */
	private void printFirst() {
		if (!this.samples.isEmpty()) {
			Sample first = this.samples.get(0);
			double[] later = this.samples.stream()
				.skip(1)
				.filter((sample) -> sample.isOf(first.contender(), first.fault()))
				.map((sample) -> sample.reads().recovered())
				.filter(Objects::nonNull)
				.mapToDouble(Double::doubleValue)
				.sorted()
				.toArray();
			this.progress.println("first " + first.fault() + " of this JVM: reads recovered "
					+ first.reads().recovered() + "; median of " + later.length + " later ones "
					+ ((later.length > 0) ? later[later.length / 2] : "unknown"));
		}
	}

	private static String line(String kind, Impact impact) {
		return kind + " recovered " + impact.recovered() + ", failed " + impact.failed() + ", longest "
				+ impact.longest() + ", stuck " + impact.stuck();
	}

	private static Entrant entrant(Contender contender) {
		return new Entrant(contender.name(), contender.title(), contender.settings(), contender.versions(),
				contender.missing().orElse(null), !contender.competes(), contender.readsFromBoth());
	}

}
