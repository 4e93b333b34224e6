package dev.failover.it.library;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.it.library.BlockedServer.Point;

import org.springframework.jdbc.core.JdbcOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Exceptions that arrive at the callers of libraries when a node is lost in the middle of
 * their work, refuses it, or is lost in its commit.
 */
public final class LibraryOutcomes {

	private static final long TIMEOUT_SECONDS = 60;

	private final AtomicLong ids = new AtomicLong();

	private final Map<LibraryWork, StringBuilder> rows = new LinkedHashMap<>();

	private final List<LibraryCall> calls = new ArrayList<>();

	private final Application application;

	private LibraryOutcomes(LibraryApplication kind, Application application) {
		this.application = application;
		kind.works().forEach((work) -> this.rows.put(work, new StringBuilder("| " + work.title() + " |")));
	}

	/**
	 * Observes all libraries of an application on a pair, whose nodes are both lost
	 * thereby. Fails unless the outcomes are true, and all libraries work afterwards.
	 * @param loss makes a node be lost
	 * @param end ends the loss
	 * @return rows of a table, one for each library
	 */
	public static String observe(LibraryApplication kind, EmbeddedPair pair, Consumer<EmbeddedNode> loss,
			Consumer<EmbeddedNode> end) throws Exception {
		LibraryApplication.createTables(pair);
		BlockedServer.prepare(pair.primary());
		try (Application application = kind.start(pair, "failover.read-only.mode=serve",
				"spring.datasource.hikari.connection-timeout=5000")) {
			LibraryOutcomes outcomes = new LibraryOutcomes(kind, application);
			BlockedServer primary = outcomes.lose(pair.primary(), Point.STATEMENT, loss);
			application.awaitMode(Mode.READ_ONLY);
			outcomes.observe(() -> {
			});
			pair.mirror().promoteAlone();
			application.awaitMode(Mode.FAILED_OVER);
			BlockedServer mirror = outcomes.lose(pair.mirror(), Point.COMMIT, loss);
			String rows = outcomes.listedRows();
			outcomes.end(pair.mirror(), mirror, end);
			assertThat(outcomes.calls).filteredOn((call) -> !isTrue(call, pair.mirror())).isEmpty();
			application.awaitMode(Mode.FAILED_OVER);
			outcomes.assertAllWork(pair.mirror());
			outcomes.end(pair.primary(), primary, end);
			assertThat(outcomes.calls).filteredOn((call) -> isDenied(call, pair.primary())).isEmpty();
			return rows;
		}
	}

	private String listedRows() {
		return this.rows.keySet()
			.stream()
			.filter(LibraryWork::isListed)
			.map((work) -> String.valueOf(this.rows.get(work)))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Observes work on a node that is lost while all of it waits there.
	 */
	private BlockedServer lose(EmbeddedNode node, Point point, Consumer<EmbeddedNode> loss) throws Exception {
		BlockedServer server = BlockedServer.block(node, point);
		observe(() -> {
			this.application.await("waiting work", () -> server.hasWaiting(this.rows.size()));
			loss.accept(node);
		});
		return server;
	}

	/**
	 * Ends the loss of a node and the wait of the work there.
	 */
	private void end(EmbeddedNode node, BlockedServer server, Consumer<EmbeddedNode> end) {
		end.accept(node);
		server.close();
		this.application.await("the end of the work on the server",
				() -> ServerSql.query(node, BlockedServer.WAITING, Integer.class) == 0);
	}

	private void assertAllWork(EmbeddedNode node) throws Exception {
		int before = this.calls.size();
		observe(() -> {
		});
		assertThat(this.calls.subList(before, this.calls.size()))
			.allMatch((call) -> call.claim() == Claim.STORED && isTrue(call, node));
	}

	private void observe(Runnable fault) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<CompletableFuture<LibraryCall>> all = new ArrayList<>();
			for (LibraryWork work : this.rows.keySet()) {
				long id = this.ids.incrementAndGet();
				all.add(CompletableFuture.supplyAsync(() -> LibraryCall.run(work, this.application, id), threads));
			}
			fault.run();
			for (CompletableFuture<LibraryCall> each : all) {
				LibraryCall call = each.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
				this.calls.add(call);
				Objects.requireNonNull(this.rows.get(call.work())).append(' ').append(call.outcome()).append(" |");
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static boolean isTrue(LibraryCall call, EmbeddedNode node) {
		return holds(node, call::isTrueOn);
	}

	private static boolean isDenied(LibraryCall call, EmbeddedNode node) {
		return holds(node, call::isDeniedBy);
	}

	private static boolean holds(EmbeddedNode node, Predicate<JdbcOperations> condition) {
		AtomicBoolean holds = new AtomicBoolean();
		try {
			ServerSql.run(node, (jdbc) -> holds.set(condition.test(jdbc)));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return holds.get();
	}

}
