package dev.failover.benchmarks.recovery.result;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.failover.benchmarks.run.Machine;

/**
 * Results made by hand.
 */
public final class Results {

	private Results() {
	}

	/**
	 * A result of samples.
	 */
	static Result of(Sample... samples) {
		List<Entrant> entrants = Stream.of(samples)
			.map(Sample::contender)
			.distinct()
			.map((name) -> new Entrant(name, "The <" + name + ">", List.of("setting=of " + name),
					Map.of("driver", "1.0"), null, null, null))
			.toList();
		return new Result("2026-01-01T00:00:00Z", new Machine("a processor", 2, 1024, "a system", "a JVM", 0.5),
				new Setup("small", 10_000, 1100, 2500, 8, 8, 5), entrants, 0, List.of(), List.of(samples));
	}

	/**
	 * Ours is whole after 40 ms, another contender never.
	 */
	public static Result example() {
		return of(whole("ours", 40),
				new Calls().failedRead(1, 0, 9000).failedWrite(2, 0, 9000).sample("other", "kill"));
	}

	/**
	 * The same, and a bound that is whole after 20 ms.
	 */
	public static Result bounded() {
		Result result = of(whole("ours", 40), new Calls().failedRead(1, 0, 9000).sample("other", "kill"),
				whole("bound", 20));
		return with(result, (entrant) -> new Entrant(entrant.name(), entrant.title(), entrant.settings(),
				entrant.versions(), null, entrant.name().equals("bound"), null));
	}

	/**
	 * Ours is whole after 40 ms, and one that reads from both nodes before any fault
	 * after 20 ms.
	 */
	public static Result spreading() {
		return with(of(whole("ours", 40), whole("both", 20)), (entrant) -> new Entrant(entrant.name(), entrant.title(),
				entrant.settings(), entrant.versions(), null, null, entrant.name().equals("both")));
	}

	private static Result with(Result result, UnaryOperator<Entrant> change) {
		return new Result(result.date(), result.machine(), result.setup(),
				result.entrants().stream().map(change).toList(), 0, List.of(), result.samples());
	}

	/**
	 * A sample in which reads and writes are whole at that moment.
	 */
	static Sample whole(String contender, long millis) {
		return new Calls().goneAt(90)
			.promotedAt(20)
			.failedRead(1, 0, 5)
			.read(1, millis - 1, millis, Calls.MIRROR)
			.failedWrite(2, 0, 5)
			.write(2, millis - 1, millis, Calls.MIRROR)
			.sample(contender, "kill");
	}

}
