package dev.failover.internal.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the doctor found, round by round; tells once what is new.
 * <p>
 * One thread makes the rounds; any may ask for the findings.
 */
final class Diagnosis {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	private final Supplier<FailoverState> states;

	private final DoctorSettings practice;

	private final BooleanSupplier over;

	private volatile List<Finding> findings = List.of();

	private Map<Node, NodeInspection> facts = Map.of();

	/**
	 * Begin without findings.
	 * @param states tells what the monitor knows
	 * @param practice what the doctor works with
	 * @param over whether no further node is to be visited
	 */
	Diagnosis(Supplier<FailoverState> states, DoctorSettings practice, BooleanSupplier over) {
		this.states = states;
		this.practice = practice;
		this.over = over;
	}

	/**
	 * Findings of the last round.
	 */
	List<Finding> findings() {
		return this.findings;
	}

	/**
	 * One round. Whatever fails in it, the doctor comes again.
	 */
	void round() throws InterruptedException {
		try {
			examine();
		}
		catch (RuntimeException ex) {
			logger.warn("The failover doctor failed in one round and comes again", ex);
		}
	}

	/**
	 * Look at everything once, and tell what is new.
	 */
	private void examine() throws InterruptedException {
		Map<Node, NodeInspection> earlier = this.facts;
		this.facts = visited(earlier);
		List<Finding> before = this.findings;
		CheckContext examination = new CheckContext(this.practice.nodes(), this.states.get(), DnsCache.ofThisJvm(),
				this.facts, earlier, before);
		List<Finding> found = this.practice.checks()
			.stream()
			.flatMap((check) -> check.examine(examination).stream())
			.toList();
		this.findings = found;
		found.stream().filter((finding) -> isNew(finding, before)).forEach(Diagnosis::tell);
		before.stream()
			.filter((finding) -> isNew(finding, found))
			.forEach((finding) -> logger.info("Finding {} cleared", finding.label()));
	}

	private Map<Node, NodeInspection> visited(Map<Node, NodeInspection> known) throws InterruptedException {
		Map<Node, NodeInspection> facts = new LinkedHashMap<>(known);
		for (NodeSettings node : this.practice.nodes()) {
			NodeStatus status = this.states.get().status(node.node());
			if (status.isUp() && !this.over.getAsBoolean()) {
				this.practice.visits().to(node).ifPresent((found) -> facts.put(node.node(), found));
			}
		}
		return facts;
	}

	private static boolean isNew(Finding finding, List<Finding> others) {
		return others.stream().noneMatch(finding::same);
	}

	private static void tell(Finding finding) {
		switch (finding.severity()) {
			case WARNING -> logger.warn("Finding {}: {} {}", finding.label(), finding.problem(), finding.remedy());
			case INFO -> logger.info("Finding {}: {} {}", finding.label(), finding.problem(), finding.remedy());
		}
	}

}
