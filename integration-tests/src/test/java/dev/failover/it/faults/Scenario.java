package dev.failover.it.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.failover.embedded.EmbeddedPair;

/**
 * One fault, told in order: a pair, what happens before the application starts, the fault
 * itself, what follows, and what must have come of it.
 */
final class Scenario {

	private final Group group;

	private final String name;

	private PairOptions pair = PairOptions.MANAGED;

	private final List<String> properties = new ArrayList<>(
			List.of("failover.replication.max-lag=2s", "spring.datasource.hikari.connection-timeout=3000",
					"logging.level.com.zaxxer.hikari=ERROR", "logging.level.org.springframework.transaction=OFF"));

	private final List<Function<EmbeddedPair, List<String>>> pairProperties = new ArrayList<>();

	private final List<Step> preparations = new ArrayList<>();

	private final List<Act> acts = new ArrayList<>();

	private Expectation expectation = Expectation.noChange();

	private boolean fresh;

	private boolean startsHurt;

	private Scenario(Group group, String name) {
		this.group = group;
		this.name = name;
	}

	static Scenario of(Group group, String name) {
		return new Scenario(group, name);
	}

	Scenario on(PairOptions options) {
		this.pair = options;
		return this;
	}

	/**
	 * Leave no pair behind for the next scenario: this one changes it too much.
	 */
	Scenario onItsOwnPair() {
		this.fresh = true;
		return this;
	}

	/**
	 * Add properties of the application, of the form {@code name=value}.
	 */
	Scenario with(String... added) {
		this.properties.addAll(List.of(added));
		return this;
	}

	/**
	 * Add properties that depend on the pair.
	 */
	Scenario withPair(Function<EmbeddedPair, List<String>> added) {
		this.pairProperties.add(added);
		return this;
	}

	/**
	 * Do something before the application starts, which is part of the fault.
	 */
	Scenario before(Step step) {
		this.preparations.add(step);
		this.startsHurt = true;
		return this;
	}

	/**
	 * Prepare the servers before the application starts; no fault yet.
	 */
	Scenario prepare(Step step) {
		this.preparations.add(step);
		return this;
	}

	/**
	 * The fault: from here on is measured.
	 */
	Scenario fault(Step step) {
		this.acts.add(new Act(step, true));
		return this;
	}

	/**
	 * What follows.
	 */
	Scenario then(Step step) {
		this.acts.add(new Act(step, false));
		return this;
	}

	Scenario expect(Expectation expected) {
		this.expectation = expected;
		return this;
	}

	/**
	 * Play it, write its row of the table, and check what came of it.
	 */
	FaultRow run() throws Exception {
		return new ScenarioRun(this).play();
	}

	Group group() {
		return this.group;
	}

	String name() {
		return this.name;
	}

	PairOptions pair() {
		return this.pair;
	}

	boolean startsHurt() {
		return this.startsHurt;
	}

	boolean fresh() {
		return this.fresh;
	}

	String[] properties(EmbeddedPair on) {
		List<String> all = new ArrayList<>(this.properties);
		this.pairProperties.forEach((added) -> all.addAll(added.apply(on)));
		return all.toArray(String[]::new);
	}

	List<Step> preparations() {
		return this.preparations;
	}

	List<Act> acts() {
		return this.acts;
	}

	Expectation expectation() {
		return this.expectation;
	}

	/**
	 * A step of a scenario.
	 *
	 * @param step what is done
	 * @param fault whether it is the fault
	 */
	record Act(Step step, boolean fault) {
	}

}
