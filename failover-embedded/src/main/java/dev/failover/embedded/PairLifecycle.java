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
 * Starts and ends everything that a pair consists of.
 */
final class PairLifecycle implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PairLifecycle.class);

	private final WorkDirectory directory;

	private final Cluster cluster;

	private final List<EmbeddedNode> nodes;

	private final @Nullable SynchronousMode synchronousMode;

	private final @Nullable FailoverManager manager;

	private final Caretaker caretaker;

	private final AtomicBoolean closed = new AtomicBoolean();

	private final Thread exitHook = new Thread(this::close, "failover-embedded-exit");

	private PairLifecycle(PairSettings settings, WorkDirectory directory, Cluster cluster) {
		this.directory = directory;
		this.cluster = cluster;
		this.nodes = cluster.members()
			.stream()
			.map((member) -> new EmbeddedNode(member, cluster, settings.database(), this::manager, this::settle))
			.toList();
		this.synchronousMode = settings.synchronous() ? new SynchronousMode(cluster) : null;
		this.manager = (settings.manager() != null)
				? new FailoverManager(settings.manager(), cluster, this.nodes, this.synchronousMode) : null;
		this.caretaker = new Caretaker(cluster, this.synchronousMode, this.manager);
	}

	/**
	 * Start a pair, or leave nothing behind.
	 * @throws MissingBinariesException if the class path has no binaries for this
	 * platform
	 */
	static PairLifecycle start(PairSettings settings) {
		BinariesArchive archive = BinariesArchive.find();
		try {
			return start(settings, archive, WorkDirectory.create());
		}
		catch (IOException | SQLException ex) {
			throw new EmbeddedPostgresException("The pair did not start: " + ex.getMessage(), ex);
		}
	}

	private static PairLifecycle start(PairSettings settings, BinariesArchive archive, WorkDirectory directory)
			throws IOException, SQLException {
		AutoCloseable remains = directory;
		try {
			long began = System.nanoTime();
			PairBootstrap bootstrap = PairBootstrap.in(directory, archive, settings);
			PairLifecycle pair = new PairLifecycle(settings, directory, bootstrap.createCluster());
			remains = pair;
			bootstrap.start(pair.cluster);
			pair.attend(settings);
			logger.info("Started PostgreSQL pair {} {} in {} ms", settings, pair.nodes,
					Duration.ofNanos(System.nanoTime() - began).toMillis());
			return pair;
		}
		catch (IOException | SQLException | RuntimeException | Error ex) {
			close(remains);
			throw ex;
		}
	}

	private void attend(PairSettings settings) {
		if (settings.closeOnExit()) {
			Runtime.getRuntime().addShutdownHook(this.exitHook);
		}
		if (this.synchronousMode != null || this.manager != null) {
			this.caretaker.start();
		}
		settle();
	}

	/**
	 * Wait until commits wait for the standby, if they are to and both nodes are there.
	 */
	private void settle() {
		Patience patience = Patience.seconds(10);
		while (this.synchronousMode != null && !patience.isOver()
				&& this.cluster.members().stream().allMatch(Member::isAwake)
				&& !this.synchronousMode.isSafe(this.cluster.leader())) {
			patience.pause();
		}
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

	Optional<FailoverManager> manager() {
		return Optional.ofNullable(this.manager);
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			// an interrupt must not keep anything from being removed
			boolean interrupted = Thread.interrupted();
			removeExitHook();
			close(this.caretaker);
			close(this.cluster);
			this.nodes.forEach(PairLifecycle::close);
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
			// the JVM exits: the hook runs, or need not any more
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
			logger.warn("Could not remove everything of the pair", ex);
		}
	}

	private static void close(EmbeddedNode node) {
		close((AutoCloseable) node::close);
	}

}
