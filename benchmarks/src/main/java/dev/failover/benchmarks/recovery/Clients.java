package dev.failover.benchmarks.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.failover.benchmarks.recovery.contender.RunningContender;
import dev.failover.benchmarks.recovery.result.Call;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Observation;
import dev.failover.benchmarks.recovery.result.Observation.Pending;
import org.jspecify.annotations.Nullable;

/**
 * All client threads of a contender.
 */
final class Clients {

	static final int WRITERS = 8;

	static final int READERS = 8;

	/** A call that lasts longer is delayed. */
	private static final Duration DELAYED = Duration.ofMillis(100);

	private final List<Client> clients;

	private final List<Thread> threads;

	private Clients(List<Client> clients) {
		this.clients = clients;
		this.threads = clients.stream().map(Clients::thread).toList();
	}

	private static Thread thread(Client client) {
		Thread thread = new Thread(client, "client");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Starts the clients of a contender.
	 * @param pace pause of a client between two calls
	 */
	static Clients start(RunningContender contender, Duration pace) {
		List<Client> clients = new ArrayList<>();
		IntStream.range(0, WRITERS)
			.forEach((number) -> clients.add(new Client(number, Kind.WRITES, contender.writes(), pace)));
		IntStream.range(0, READERS)
			.forEach((number) -> clients.add(new Client(WRITERS + number, Kind.READS, contender.reads(), pace)));
		Clients all = new Clients(clients);
		all.threads.forEach(Thread::start);
		return all;
	}

	/**
	 * Returns true if each client had successes and no failure for a time.
	 */
	boolean succeedFor(Duration time) {
		long from = System.nanoTime() - time.toNanos();
		return this.clients.stream().allMatch((client) -> succeedsSince(client, from));
	}

	private static boolean succeedsSince(Client client, long from) {
		List<Call> since = client.calls().stream().filter((call) -> call.ended() - from >= 0).toList();
		boolean delayed = client.isCalling() && client.pending(System.nanoTime()).started() < -DELAYED.toNanos();
		return !delayed && !since.isEmpty() && since.stream().allMatch(Call::succeeded);
	}

	Map<String, Long> errors() {
		return this.clients.stream()
			.flatMap((client) -> client.calls().stream())
			.filter((call) -> !call.succeeded())
			.collect(Collectors.groupingBy((call) -> call.kind().word() + " " + call.error(), Collectors.counting()));
	}

	/**
	 * Returns the instant of the last answer of a server. A signal takes milliseconds to
	 * reach all processes of a server, which works until then.
	 * @param server port of the server
	 * @param from the result if there was no later answer
	 */
	long lastAnswer(int server, long from) {
		return this.clients.stream()
			.flatMap((client) -> client.calls().stream())
			.filter((call) -> call.succeeded() && call.server() == server && call.ended() - from > 0)
			.mapToLong(Call::ended)
			.max()
			.orElse(from);
	}

	/**
	 * Returns all calls up to now.
	 * @param fault instant of the fault
	 * @param promoted instant at which the mirror became writable, null if it did not
	 * @param mirror port of the mirror's server
	 * @param primaryReads true if the primary serves reads after the fault
	 */
	Observation observe(long fault, @Nullable Long promoted, int mirror, boolean primaryReads) {
		long end = System.nanoTime();
		List<Call> calls = new ArrayList<>();
		List<Pending> pending = new ArrayList<>();
		for (Client client : this.clients) {
			if (client.isCalling()) {
				pending.add(client.pending(fault));
			}
			client.calls()
				.stream()
				.filter((call) -> call.ended() - end < 0)
				.map((call) -> call.since(fault))
				.forEach(calls::add);
		}
		return new Observation(end - fault, (promoted != null) ? promoted - fault : null, mirror, primaryReads, calls,
				pending);
	}

	void stop() {
		this.clients.forEach(Client::stop);
	}

	/**
	 * Waits for the end of all clients, and interrupts those that do not end in time.
	 */
	void join(Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		for (Thread thread : this.threads) {
			long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
			thread.join(Math.max(1, left));
			thread.interrupt();
		}
	}

}
