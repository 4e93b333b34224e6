package dev.failover.container;

import java.time.Duration;

import org.testcontainers.containers.JdbcDatabaseContainer;

/**
 * A primary and its replica in containers of their own, with the table of the writers.
 * Commits wait for the replica. A pair ends with {@link #close()}.
 */
abstract class ContainerPair implements AutoCloseable {

	/** For a machine that does much else. */
	private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(5);

	private final PairNetwork network = new PairNetwork();

	private final ContainerNode primary;

	private final ContainerNode mirror;

	/**
	 * Creates a pair of containers that are not started.
	 * @param client shell command that executes a statement, which is appended
	 */
	ContainerPair(JdbcDatabaseContainer<?> primary, JdbcDatabaseContainer<?> mirror, String client) {
		primary.withStartupTimeout(STARTUP_TIMEOUT);
		mirror.withStartupTimeout(STARTUP_TIMEOUT);
		this.primary = new ContainerNode(primary, this.network.join(primary, "primary", 11), client);
		this.mirror = new ContainerNode(mirror, this.network.join(mirror, "mirror", 12), client);
	}

	/**
	 * Starts the containers, and replication.
	 */
	final void start() {
		try {
			this.primary.container().start();
			this.primary.execute("create table entry (id bigint primary key)");
			this.mirror.container().start();
			replicate();
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Lets the mirror follow the primary, and commits on the primary wait for it.
	 */
	abstract void replicate();

	/**
	 * Promotes the mirror.
	 */
	abstract void promote();

	/**
	 * Returns the name of the application's role.
	 */
	final String username() {
		return this.primary.container().getUsername();
	}

	final String password() {
		return this.primary.container().getPassword();
	}

	final ContainerNode primary() {
		return this.primary;
	}

	final ContainerNode mirror() {
		return this.mirror;
	}

	@Override
	public final void close() {
		this.mirror.container().stop();
		this.primary.container().stop();
		this.network.close();
	}

}
