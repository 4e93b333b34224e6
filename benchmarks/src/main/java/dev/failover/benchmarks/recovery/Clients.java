package dev.failover.benchmarks.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.failover.benchmarks.recovery.contender.Opened;
import dev.failover.benchmarks.recovery.result.Call;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Observation;
import dev.failover.benchmarks.recovery.result.Pending;
import org.jspecify.annotations.Nullable;

/**
 * All client threads of a contender.
 */
final class Clients {

	static final int WRITERS = 8;

	static final int READERS = 8;

	/** A call that lasts longer is held up. */
	private static final Duration HELD = Duration.ofMillis(100);

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
	 * Start them.
	 */
	static Clients start(Opened contender) {
		List<Client> clients = new ArrayList<>();
		IntStream.range(0, WRITERS)
			.forEach((number) -> clients.add(new Client(number, Kind.WRITES, contender.writes())));
		IntStream.range(0, READERS)
			.forEach((number) -> clients.add(new Client(WRITERS + number, Kind.READS, contender.reads())));
		Clients all = new Clients(clients);
		all.threads.forEach(Thread::start);
		return all;
	}

	/**
	 * Whether each client has only had successes for a time, and some.
	 */
	boolean wellFor(Duration time) {
		long from = System.nanoTime() - time.toNanos();
		return this.clients.stream().allMatch((client) -> wellSince(client, from));
	}

	private static boolean wellSince(Client client, long from) {
		List<Call> since = client.calls().stream().filter((call) -> call.ended() - from >= 0).toList();
		return !since.isEmpty() && since.stream().allMatch(Call::succeeded) && !isHeld(client);
	}

	private static boolean isHeld(Client client) {
		return client.isCalling() && client.pending(System.nanoTime()).started() < -HELD.toNanos();
	}

	/**
	 * How often calls failed with what.
	 */
	Map<String, Long> errors() {
		return this.clients.stream()
			.flatMap((client) -> client.calls().stream())
			.filter((call) -> !call.succeeded())
			.collect(Collectors.groupingBy((call) -> call.kind().word() + " " + call.error(), Collectors.counting()));
	}

	/**
	 * When a server gave its last answer: it takes milliseconds to send a signal to all
	 * processes of a server, and until then it works.
	 * @param server its port
	 * @param from the answer if there was none later
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
	 * What they did up to now.
	 * @param fault when the fault struck
	 * @param promoted when the mirror was promoted, null if it was not
	 * @param mirror port of the mirror's server
	 * @param primaryReads whether the primary serves reads after the fault as well
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
				.map((call) -> since(call, fault))
				.forEach(calls::add);
		}
		return new Observation(end - fault, (promoted != null) ? promoted - fault : null, mirror, primaryReads, calls,
				pending);
	}

	private static Call since(Call call, long fault) {
		return new Call(call.client(), call.kind(), call.id(), call.started() - fault, call.ended() - fault,
				call.succeeded(), call.server(), call.error());
	}

	/**
	 * Ask all to stop after their present call.
	 */
	void stop() {
		this.clients.forEach(Client::stop);
	}

	/**
	 * Wait until all have ended, and interrupt those that have not.
	 */
	void join(Duration patience) throws InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
		for (Thread thread : this.threads) {
			long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
			thread.join(Math.max(1, left));
			thread.interrupt();
		}
	}

}
