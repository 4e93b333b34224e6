package dev.failover.internal.detection;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.failover.Node;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.internal.concurrent.SupervisedThread;
import dev.failover.internal.detection.WitnessClient.Testimony;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster manager of each node, in each period, whether the node leads. A server
 * that accepts writes although the manager says that another one leads is deposed: it
 * must not be used. A manager that does not answer proves nothing, and none of them can
 * promote a server.
 * <p>
 * Thread-safe.
 */
public final class Witnesses implements SupervisedThread.Turn {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	private final Map<Node, URI> urls;

	private final Duration period;

	private final Duration timeout;

	private final WitnessClient client;

	private final Runnable changed;

	private final Map<Node, Testimony> testimonies = new HashMap<>();

	private final Map<Node, String> servers = new HashMap<>();

	private final Map<Node, String> deposed = new HashMap<>();

	/**
	 * Creates the witnesses.
	 * @param urls URL of the manager of each node that has one
	 * @param settings period and deadline of the questions
	 * @param threads threads for the work of the HTTP client
	 * @param changed called after a manager has changed its answer
	 */
	public Witnesses(Map<Node, URI> urls, DetectionSettings settings, Executor threads, Runnable changed) {
		this.urls = Map.copyOf(urls);
		this.period = settings.interval();
		this.timeout = settings.timeout();
		this.client = new WitnessClient(settings.timeout(), threads);
		this.changed = changed;
	}

	/**
	 * Returns whether a node has a witness.
	 */
	public boolean exist() {
		return !this.urls.isEmpty();
	}

	/**
	 * Returns the longest time that a turn can take.
	 */
	public Duration longestTurn() {
		return this.period.plus(this.timeout.multipliedBy(this.urls.size())).multipliedBy(2).plusSeconds(5);
	}

	/**
	 * Asks all managers once, and pauses.
	 */
	@Override
	public void run() throws InterruptedException {
		Map<Node, Future<Testimony>> asked = new LinkedHashMap<>();
		this.urls.forEach((node, url) -> asked.put(node, this.client.ask(url)));
		for (Map.Entry<Node, Future<Testimony>> entry : asked.entrySet()) {
			record(entry.getKey(), this.client.await(entry.getValue()));
		}
		TimeUnit.NANOSECONDS.sleep(this.period.toNanos());
	}

	private void record(Node node, Testimony next) {
		Testimony before = put(node, next);
		if (before != null && before.says() == next.says()) {
			return;
		}
		log(node, next, before);
		this.changed.run();
	}

	private synchronized @Nullable Testimony put(Node node, Testimony next) {
		return this.testimonies.put(node, next);
	}

	private void log(Node node, Testimony next, @Nullable Testimony before) {
		String url = String.valueOf(this.urls.get(node));
		switch (next.says()) {
			case UNKNOWN -> logger.warn("The witness of node '{}' at {} does not tell whether the node leads: {}. "
					+ "Until it does, the servers alone decide about the route. Check the cluster manager of the "
					+ "node, and 'witness-url'", node, url, next.error());
			case LEADS,
					FOLLOWS ->
				logger.info("The witness of node '{}' at {} says that the node {} ({} before)", node, url,
						(next.says() == Says.LEADS) ? "leads" : "does not lead",
						(before != null) ? before.says() : "not asked");
		}
	}

	/**
	 * Returns a reading as the managers allow: a server that accepts writes although
	 * another one leads is unusable.
	 */
	public synchronized Reading testify(Node node, Reading reading) {
		String server = (reading.instance() != null) ? reading.instance() : node.name();
		this.servers.put(node, server);
		if (reading.role() != Role.WRITABLE) {
			this.deposed.remove(node);
			return reading;
		}
		return isDeposed(node, server) ? reading.withRole(Role.UNUSABLE) : reading;
	}

	/**
	 * Returns whether another server leads. Once it is known that one does, only a
	 * manager can say that this is over: that of the node, or those of all others.
	 */
	private boolean isDeposed(Node node, String server) {
		if (says(node) == Says.LEADS) {
			this.deposed.remove(node);
		}
		else if (isLeader(others(node, server))) {
			this.deposed.put(node, server);
		}
		else if (!others(node, server).containsValue(Says.UNKNOWN)) {
			this.deposed.remove(node);
		}
		return server.equals(this.deposed.get(node));
	}

	private static boolean isLeader(Map<Node, Says> testimonies) {
		return testimonies.containsValue(Says.LEADS);
	}

	/**
	 * Returns what the managers of nodes say that lead to another server.
	 */
	private Map<Node, Says> others(Node node, String server) {
		Map<Node, Says> others = new HashMap<>();
		for (Node other : this.urls.keySet()) {
			if (!other.equals(node) && !server.equals(this.servers.get(other))) {
				others.put(other, says(other));
			}
		}
		return others;
	}

	private Says says(Node node) {
		Testimony testimony = this.testimonies.get(node);
		return (testimony != null) ? testimony.says() : Says.UNKNOWN;
	}

	/**
	 * Answer of a manager.
	 */
	enum Says {

		/** The node leads. */
		LEADS,

		/** The node does not lead. */
		FOLLOWS,

		/** The manager does not tell. */
		UNKNOWN

	}

}
