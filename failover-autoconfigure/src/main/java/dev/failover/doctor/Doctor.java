package dev.failover.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.failover.topology.FailoverEvent;
import dev.failover.topology.FailoverObserver;
import dev.failover.topology.FailoverState;
import dev.failover.topology.FailoverStates;
import dev.failover.topology.Node;
import dev.failover.topology.NodeState;
import dev.failover.topology.NodeStateChangedEvent;
import dev.failover.topology.NodeStatus;

/**
 * Finds before the outage what would hurt in it, and tells once.
 * <p>
 * Thread-safe. It works on a daemon thread of its own: it delays neither the
 * application's start nor the monitor. It visits only nodes that are up; of one that is
 * not, what was known stands.
 */
public final class Doctor implements Findings, FailoverObserver, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** Rounds that the first samples of replication are waited for. */
	private static final int PATIENCE = 10;

	private final FailoverStates states;

	private final Supplier<Practice> opening;

	private final Semaphore news = new Semaphore(0);

	private final AtomicBoolean begun = new AtomicBoolean();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile List<Finding> findings = List.of();

	private volatile @Nullable Thread thread;

	private @Nullable Practice practice;

	private Map<Node, NodeFacts> facts = Map.of();

	/**
	 * Create a doctor, who begins as soon as the monitor has news.
	 * @param states tells what the monitor knows
	 * @param opening gives what the doctor works with; asked once, on the doctor's thread
	 */
	public Doctor(FailoverStates states, Supplier<Practice> opening) {
		this.states = states;
		this.opening = opening;
	}

	@Override
	public List<Finding> current() {
		return this.findings;
	}

	@Override
	public void changed(FailoverEvent event) {
		if (this.begun.compareAndSet(false, true)) {
			begin();
		}
		if (event instanceof NodeStateChangedEvent change && change.current().state() != NodeState.DOWN) {
			this.news.release();
		}
	}

	private void begin() {
		Thread rounds = new Thread(this::run, "failover-doctor");
		rounds.setDaemon(true);
		this.thread = rounds;
		rounds.start();
	}

	private void run() {
		try {
			open();
			awaitSamples();
			boolean early = true;
			while (!over()) {
				round();
				early = awaitNext(early);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.debug("There is nothing to examine", ex);
		}
	}

	private Practice open() {
		Practice open = this.practice;
		if (open == null) {
			open = this.opening.get();
			this.practice = open;
		}
		return open;
	}

	/**
	 * Wait until there is a route, and for a while until there are the first samples of
	 * replication.
	 */
	private void awaitSamples() throws InterruptedException {
		int patience = PATIENCE;
		do {
			settle();
			patience--;
		}
		while (!over() && (!this.states.current().route().decided() || (patience > 0 && !sampled())));
		this.news.drainPermits();
	}

	private boolean sampled() {
		FailoverState state = this.states.current();
		return state.nodes()
			.stream()
			.allMatch((status) -> !status.up() || status.replication() != null
					|| status.node().equals(state.route().writes()));
	}

	/**
	 * Wait for the next round.
	 * @param early whether this round came soon after news, so that the next follows up
	 * @return whether there was news
	 */
	private boolean awaitNext(boolean early) throws InterruptedException {
		long pause = (early ? open().rounds().followUp() : open().rounds().period()).toMillis();
		boolean woken = this.news.tryAcquire(pause, TimeUnit.MILLISECONDS);
		if (woken) {
			settle();
			this.news.drainPermits();
		}
		return woken;
	}

	private void settle() throws InterruptedException {
		this.closed.await(open().rounds().settle().toMillis(), TimeUnit.MILLISECONDS);
	}

	private boolean over() {
		return this.closed.getCount() == 0;
	}

	/**
	 * One round. Whatever fails in it, the doctor comes again.
	 */
	private void round() throws InterruptedException {
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
	void examine() throws InterruptedException {
		Map<Node, NodeFacts> earlier = this.facts;
		this.facts = visited(earlier);
		List<Finding> before = this.findings;
		Examination examination = new Examination(open().nodes(), this.states.current(), DnsCache.ofThisJvm(),
				this.facts, earlier, before);
		List<Finding> found = open().checks().stream().flatMap((check) -> check.examine(examination).stream()).toList();
		this.findings = found;
		found.stream().filter((finding) -> isNew(finding, before)).forEach(Doctor::tell);
		before.stream()
			.filter((finding) -> isNew(finding, found))
			.forEach((finding) -> logger.info("Finding {} cleared", finding.label()));
	}

	private Map<Node, NodeFacts> visited(Map<Node, NodeFacts> known) throws InterruptedException {
		Map<Node, NodeFacts> facts = new LinkedHashMap<>(known);
		for (NodeSettings node : open().nodes()) {
			NodeStatus status = this.states.current().status(node.node());
			if (status.up() && !over()) {
				open().visits().to(node).ifPresent((found) -> facts.put(node.node(), found));
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

	/**
	 * End the rounds, and break off a visit under way.
	 */
	@Override
	public void close() {
		this.closed.countDown();
		Thread rounds = this.thread;
		if (rounds != null) {
			rounds.interrupt();
		}
	}

}
