package dev.failover.it.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import jakarta.persistence.EntityManagerFactory;

/**
 * Threads that call all libraries of an application again and again, each one in a thread
 * of its own, and remember what the end of each call says about its work.
 */
public final class LibraryTraffic implements AutoCloseable {

	private static final long PAUSE_MILLIS = 30;

	private static final long TIMEOUT_SECONDS = 60;

	private final AtomicLong ids = new AtomicLong();

	private final Queue<LibraryCall> calls = new ConcurrentLinkedQueue<>();

	/** Number of the latest call that succeeded. */
	private final Map<LibraryWork, Long> successes = new ConcurrentHashMap<>();

	private final Application application;

	private final List<LibraryWork> works;

	private final ScheduledExecutorService threads;

	private final List<ScheduledFuture<?>> repeated = new ArrayList<>();

	private LibraryTraffic(Application application, List<LibraryWork> works) {
		this.application = application;
		this.works = works;
		this.threads = Executors.newScheduledThreadPool(works.size());
		works.forEach((work) -> this.repeated
			.add(this.threads.scheduleWithFixedDelay(() -> call(work), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS)));
	}

	/**
	 * Starts to call the libraries, and returns when each has succeeded.
	 */
	public static LibraryTraffic start(LibraryApplication kind, Application application) {
		LibraryTraffic traffic = new LibraryTraffic(application, kind.works());
		traffic.awaitSuccesses();
		return traffic;
	}

	private void call(LibraryWork work) {
		LibraryCall call = LibraryCall.run(work, this.application, this.ids.incrementAndGet());
		this.calls.add(call);
		if (call.claim() == Claim.STORED) {
			this.successes.put(work, call.id());
		}
	}

	/**
	 * Waits until a call of each library that begins after this one has succeeded.
	 */
	public void awaitSuccesses() {
		long before = this.ids.get();
		this.application.await("a success of each library", () -> behind(before).isEmpty());
	}

	private List<LibraryWork> behind(long before) {
		return this.works.stream().filter((work) -> this.successes.getOrDefault(work, 0L) <= before).toList();
	}

	/**
	 * Ends the traffic.
	 * @return whether all calls have ended
	 */
	public boolean stop() throws InterruptedException {
		this.threads.shutdown();
		return this.threads.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * Returns the calls that did not succeed, each with its exception.
	 */
	public List<String> failures() {
		return this.calls.stream().filter((call) -> call.claim() != Claim.STORED).map(LibraryCall::toString).toList();
	}

	/**
	 * Returns the calls whose claim is not true on the server that took over.
	 */
	public List<String> untrue(EmbeddedNode server) throws Exception {
		List<String> untrue = new ArrayList<>();
		ServerSql.run(server,
				(jdbc) -> this.calls.stream()
					.filter((call) -> !call.isTrueOn(jdbc))
					.map(LibraryCall::toString)
					.forEach(untrue::add));
		return untrue;
	}

	/**
	 * Returns the calls of which nothing is stored, by their claim, but something is
	 * stored on the server that was lost.
	 */
	public List<String> denied(EmbeddedNode server) throws Exception {
		List<String> denied = new ArrayList<>();
		ServerSql.run(server,
				(jdbc) -> this.calls.stream()
					.filter((call) -> call.isDeniedBy(jdbc))
					.map(LibraryCall::toString)
					.forEach(denied::add));
		return denied;
	}

	/**
	 * Returns the calls whose entity is in Hibernate's second-level cache, but not
	 * stored.
	 */
	public List<String> cachedOnly(EmbeddedNode server) throws Exception {
		List<String> cached = new ArrayList<>();
		ServerSql.run(server,
				(jdbc) -> this.calls.stream()
					.filter((call) -> this.application.bean(EntityManagerFactory.class)
						.getCache()
						.contains(Item.class, call.id()))
					.filter((call) -> call.work().stored(jdbc, call.id()) == 0)
					.map(LibraryCall::toString)
					.forEach(cached::add));
		return cached;
	}

	@Override
	public void close() {
		this.repeated.forEach((each) -> each.cancel(true));
		this.threads.shutdownNow();
	}

}
