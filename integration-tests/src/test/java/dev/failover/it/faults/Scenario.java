package dev.failover.it.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.failover.embedded.EmbeddedPair;

/**
 * A fault scenario: the pair, the preparations before the application starts, the fault
 * and what follows as steps in order, and the expected result.
 */
final class Scenario {

	private final FaultGroup group;

	private final String name;

	private PairOptions pair = PairOptions.MANAGED;

	private final List<String> properties = new ArrayList<>(
			List.of("failover.replication.max-lag=2s", "spring.datasource.hikari.connection-timeout=3000",
					"logging.level.com.zaxxer.hikari=ERROR", "logging.level.org.springframework.transaction=OFF"));

	private final List<Function<EmbeddedPair, List<String>>> pairProperties = new ArrayList<>();

	private final List<Action> preparations = new ArrayList<>();

	private final List<Step> steps = new ArrayList<>();

	private Expectation expectation = Expectation.noChange();

	private boolean ownPair;

	private boolean faultBeforeStart;

	private Scenario(FaultGroup group, String name) {
		this.group = group;
		this.name = name;
	}

	static Scenario of(FaultGroup group, String name) {
		return new Scenario(group, name);
	}

	Scenario on(PairOptions options) {
		this.pair = options;
		return this;
	}

	/**
	 * Closes the pair after this scenario, which changes it too much for reuse.
	 */
	Scenario onItsOwnPair() {
		this.ownPair = true;
		return this;
	}

	/**
	 * Adds properties of the application, of the form {@code name=value}.
	 */
	Scenario with(String... added) {
		this.properties.addAll(List.of(added));
		return this;
	}

	/**
	 * Adds properties that depend on the pair.
	 */
	Scenario withPair(Function<EmbeddedPair, List<String>> added) {
		this.pairProperties.add(added);
		return this;
	}

	/**
	 * Adds a fault that strikes before the application starts.
	 */
	Scenario faultBeforeStart(Action action) {
		this.preparations.add(action);
		this.faultBeforeStart = true;
		return this;
	}

	/**
	 * Adds a preparation of the servers before the application starts, which is no fault.
	 */
	Scenario prepare(Action action) {
		this.preparations.add(action);
		return this;
	}

	/**
	 * Adds a fault, from which times are measured.
	 */
	Scenario fault(Action action) {
		this.steps.add(new Step(action, true));
		return this;
	}

	/**
	 * Adds a step that is no fault.
	 */
	Scenario then(Action action) {
		this.steps.add(new Step(action, false));
		return this;
	}

	Scenario expect(Expectation expected) {
		this.expectation = expected;
		return this;
	}

	/**
	 * Runs the scenario, writes its row of the table and checks the result.
	 */
	void run() throws Exception {
		new ScenarioRun(this).run();
	}

	FaultGroup group() {
		return this.group;
	}

	String name() {
		return this.name;
	}

	PairOptions pair() {
		return this.pair;
	}

	boolean hasFaultBeforeStart() {
		return this.faultBeforeStart;
	}

	boolean hasOwnPair() {
		return this.ownPair;
	}

	String[] properties(EmbeddedPair on) {
		List<String> all = new ArrayList<>(this.properties);
		this.pairProperties.forEach((added) -> all.addAll(added.apply(on)));
		return all.toArray(String[]::new);
	}

	List<Action> preparations() {
		return this.preparations;
	}

	List<Step> steps() {
		return this.steps;
	}

	Expectation expectation() {
		return this.expectation;
	}

	/**
	 * Something that a scenario does or waits for.
	 */
	@FunctionalInterface
	interface Action {

		void perform(ScenarioContext context) throws Exception;

	}

	/**
	 * A step of a scenario.
	 *
	 * @param action action of the step
	 * @param fault whether the action is a fault
	 */
	record Step(Action action, boolean fault) {
	}

}
