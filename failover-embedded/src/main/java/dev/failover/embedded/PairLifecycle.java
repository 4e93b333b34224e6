package dev.failover.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a pair and removes everything of it again.
 */
final class PairLifecycle implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PairLifecycle.class);

	private final WorkDirectory directory;

	private final PairOperations operations;

	private final List<EmbeddedNode> nodes;

	private final PairServices services;

	private final @Nullable FailoverManager manager;

	private final PairSupervisor supervisor;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final Thread exitHook = new Thread(this::close, "failover-embedded-exit");

	private PairLifecycle(PairSettings settings, WorkDirectory directory, ReplicationGroup group) {
		SynchronousMode synchronousMode = settings.synchronous() ? new SynchronousMode(group) : null;
		AutomaticFailover failover = (settings.failover() != null)
				? new AutomaticFailover(settings.failover(), group, synchronousMode) : null;
		this.directory = directory;
		this.operations = new PairOperations(group, synchronousMode, failover);
		this.nodes = group.members()
			.stream()
			.map((member) -> new EmbeddedNode(member, this.operations, settings.database().name()))
			.toList();
		this.services = new PairServices(group.members(), this.nodes, settings.database().name());
		this.manager = (failover != null) ? new FailoverManager(failover, this.nodes) : null;
		this.supervisor = new PairSupervisor(this.operations);
	}

	/**
	 * Start a pair. If it does not start, nothing of it remains.
	 * @param settings the settings of the pair
	 * @return the running pair
	 * @throws MissingBinariesException if the class path has no binaries for this
	 * platform
	 * @throws EmbeddedPostgresException if a server does not start
	 */
	static PairLifecycle start(PairSettings settings) {
		BinariesArchive archive = BinariesArchive.find();
		try {
			return start(settings, archive, WorkDirectory.create());
		}
		catch (IOException | SQLException ex) {
			throw new EmbeddedPostgresException("The embedded PostgreSQL pair did not start: " + ex.getMessage(), ex);
		}
	}

	private static PairLifecycle start(PairSettings settings, BinariesArchive archive, WorkDirectory directory)
			throws IOException, SQLException {
		AutoCloseable started = directory;
		try {
			long began = System.nanoTime();
			PairBootstrap bootstrap = new PairBootstrap(settings,
					PostgresInstallation.prepare(directory, archive, settings));
			PairLifecycle pair = new PairLifecycle(settings, directory, bootstrap.createGroup());
			started = pair;
			bootstrap.start(pair.operations.group());
			pair.supervise(settings.closeOnExit());
			logger.info("Started embedded PostgreSQL pair {} with nodes {} in {} ms", settings, pair.nodes,
					Duration.ofNanos(System.nanoTime() - began).toMillis());
			return pair;
		}
		catch (IOException | SQLException | RuntimeException | Error ex) {
			close(started);
			throw ex;
		}
	}

	private void supervise(boolean closeOnExit) {
		if (closeOnExit) {
			Runtime.getRuntime().addShutdownHook(this.exitHook);
		}
		this.supervisor.start();
		this.operations.awaitSynchronousMode();
	}

	List<EmbeddedNode> nodes() {
		return this.nodes;
	}

	EmbeddedNode node(String name) {
		return this.nodes.stream()
			.filter((node) -> node.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no node '" + name + "', only " + this.nodes.stream().map(EmbeddedNode::name).toList()));
	}

	PairServices services() {
		return this.services;
	}

	Optional<FailoverManager> manager() {
		return Optional.ofNullable(this.manager);
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			// an interrupted thread would leave servers and files behind
			boolean interrupted = Thread.interrupted();
			removeExitHook();
			close(this.services);
			close(this.supervisor);
			close(this.operations.group());
			this.operations.group().members().forEach(PairLifecycle::close);
			close(this.directory);
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void removeExitHook() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.exitHook);
		}
		catch (IllegalStateException ex) {
			// the JVM is exiting: hooks can no longer be removed
		}
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			logger.warn("Could not remove everything of an embedded PostgreSQL pair: a server or files of it may "
					+ "remain until the next pair starts in another JVM", ex);
		}
	}

}
