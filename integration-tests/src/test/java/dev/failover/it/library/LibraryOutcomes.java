package dev.failover.it.library;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.library.BlockedServer.Point;
import dev.failover.transaction.NodeFailure;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Exceptions that arrive at the callers of libraries when a node is lost in the middle of
 * their work, refuses it, or is lost in its commit.
 */
public final class LibraryOutcomes {

	private static final long TIMEOUT_SECONDS = 60;

	private final AtomicLong ids = new AtomicLong();

	private final Map<LibraryWork, StringBuilder> rows = new EnumMap<>(LibraryWork.class);

	private final Application application;

	private LibraryOutcomes(Application application) {
		this.application = application;
		for (LibraryWork work : LibraryWork.values()) {
			this.rows.put(work, new StringBuilder("| " + work.title() + " |"));
		}
	}

	/**
	 * Observes all libraries on a pair, whose nodes are both lost thereby.
	 * @param loss makes a node be lost
	 * @return rows of a table, one for each library
	 */
	public static String observe(EmbeddedPair pair, Consumer<EmbeddedNode> loss) throws Exception {
		createTables(pair);
		try (Application application = Application.startWith(LibraryConfiguration.class, pair,
				"failover.read-only.mode=serve", "spring.autoconfigure.exclude=",
				"spring.datasource.hikari.maximum-pool-size=20", "spring.datasource.hikari.connection-timeout=5000")) {
			application.awaitReady();
			LibraryOutcomes outcomes = new LibraryOutcomes(application);
			outcomes.lose(pair.primary(), Point.STATEMENT, loss);
			application.awaitMode(Mode.READ_ONLY);
			outcomes.observe(() -> {
			});
			pair.mirror().promote();
			application.awaitMode(Mode.FAILED_OVER);
			outcomes.lose(pair.mirror(), Point.COMMIT, loss);
			return outcomes.rows.values().stream().map(StringBuilder::toString).collect(Collectors.joining("\n"));
		}
	}

	private static void createTables(EmbeddedPair pair) throws SQLException {
		ResourceDatabasePopulator tables = new ResourceDatabasePopulator(Stream
			.of("org/springframework/session/jdbc/schema-postgresql.sql",
					"org/springframework/integration/jdbc/schema-postgresql.sql",
					"org/quartz/impl/jdbcjobstore/tables_postgres.sql", "dev/failover/it/library/tables.sql")
			.map(ClassPathResource::new)
			.toArray(ClassPathResource[]::new));
		try (Connection connection = DriverManager.getConnection(pair.primary().jdbcUrl(), pair.username(),
				pair.password())) {
			tables.populate(connection);
		}
		BlockedServer.prepare(pair.primary());
	}

	/**
	 * Observes work on a node that is lost while all of it waits there.
	 */
	private void lose(EmbeddedNode node, Point point, Consumer<EmbeddedNode> loss) throws Exception {
		BlockedServer server = BlockedServer.block(node, point);
		observe(() -> {
			this.application.await("waiting work", () -> server.hasWaiting(LibraryWork.values().length));
			loss.accept(node);
		});
	}

	private void observe(Runnable fault) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			Map<LibraryWork, CompletableFuture<String>> all = new EnumMap<>(LibraryWork.class);
			for (LibraryWork work : LibraryWork.values()) {
				all.put(work, CompletableFuture.supplyAsync(() -> outcome(work), threads));
			}
			fault.run();
			for (LibraryWork work : LibraryWork.values()) {
				Objects.requireNonNull(this.rows.get(work))
					.append(' ')
					.append(all.get(work).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
					.append(" |");
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Returns the exception of the library and, where it has one of ours as its cause,
	 * that one.
	 */
	private String outcome(LibraryWork work) {
		try {
			work.run(this.application.context(), this.ids.incrementAndGet());
			return "none";
		}
		catch (Exception ex) {
			Throwable thrown = (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
			String text = "`" + thrown.getClass().getSimpleName() + "`";
			for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
				if (cause instanceof NodeFailure) {
					return text + ", cause `" + cause.getClass().getSimpleName() + "`";
				}
			}
			return text;
		}
	}

}
