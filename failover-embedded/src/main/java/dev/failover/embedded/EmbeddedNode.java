package dev.failover.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One PostgreSQL server of an {@link EmbeddedPair} with the {@link Link} in front of it.
 * <p>
 * Safe for use by several threads. What changes who leads and who follows is done one at
 * a time; {@link #kill()}, {@link #freeze()} and the faults of the link strike at once. A
 * method that cannot do its work throws {@link EmbeddedPostgresException}; one that makes
 * no sense in the present state throws {@link IllegalStateException}.
 */
public final class EmbeddedNode {

	private static final Duration LOOK = Duration.ofSeconds(1);

	private final Member member;

	private final TcpLink link;

	private final Cluster cluster;

	private final String database;

	private final Supplier<Optional<FailoverManager>> manager;

	private final Runnable settle;

	EmbeddedNode(Member member, Cluster cluster, String database, Supplier<Optional<FailoverManager>> manager,
			Runnable settle) {
		this.member = member;
		this.link = member.server().link();
		this.cluster = cluster;
		this.database = database;
		this.manager = manager;
		this.settle = settle;
	}

	/**
	 * Return the name, which stays the same whatever the node's role becomes.
	 * @return {@code primary} or {@code mirror}
	 */
	public String name() {
		return this.member.name();
	}

	/**
	 * Return the URL of the pair's database on this node, through the link.
	 * @return a URL without credentials
	 */
	public String jdbcUrl() {
		return JdbcUrls.url(port(), this.database);
	}

	/**
	 * Return the URL of the pair's database on this node, past the link.
	 * @return a URL without credentials
	 */
	public String directJdbcUrl() {
		return JdbcUrls.url(directPort(), this.database);
	}

	/**
	 * Return the port of the link.
	 * @return the port, which stays the same
	 */
	public int port() {
		return this.link.port();
	}

	/**
	 * Return the server's own port.
	 * @return the port, which stays the same unless another process takes it while the
	 * server is down
	 */
	public int directPort() {
		return this.member.server().port();
	}

	/**
	 * Return the network in front of the server.
	 * @return the link
	 */
	public Link link() {
		return this.link;
	}

	/**
	 * Kill all processes of the server ({@code SIGKILL}) and wait until they are gone.
	 */
	public void kill() {
		this.member.server().kill();
	}

	/**
	 * Stop the server, and wait until it has stopped unless it is to wait for its
	 * clients. A frozen server wakes up to stop.
	 * @param mode how
	 */
	public void stop(StopMode mode) {
		this.cluster.exclusively(() -> {
			this.member.server().stop(mode);
			// a smart stop would wait for it
			this.member.lookout().forget();
		});
	}

	/**
	 * Start the server, and wait until it accepts connections. Does nothing if it runs.
	 * <p>
	 * Without a {@link FailoverManager} the server comes back as what it was: an old
	 * primary as a primary, even if the other node was promoted meanwhile. With one, the
	 * leader comes back as the leader, and another node as its standby, as by
	 * {@link #rejoin()}.
	 */
	public void start() {
		change(() -> {
			if (this.manager.get().isPresent()) {
				this.cluster.resume(this.member);
			}
			else {
				this.cluster.start(this.member);
			}
		});
	}

	/**
	 * Stop the server as {@link StopMode#FAST} does and start it again. No failover
	 * manager comes in between.
	 */
	public void restart() {
		change(() -> {
			this.member.server().stop(StopMode.FAST);
			this.cluster.start(this.member);
		});
	}

	/**
	 * Freeze all processes of the server ({@code SIGSTOP}): connections stay open, and
	 * new ones are accepted by the operating system, but nobody answers.
	 */
	public void freeze() {
		this.member.server().freeze();
	}

	/**
	 * Wake a frozen server up. One that a {@link FailoverManager} has deposed meanwhile
	 * is fenced: it is killed instead, unless fencing is off. Does nothing if the server
	 * is not frozen.
	 */
	public void thaw() {
		change(() -> {
			boolean fenced = this.manager.get().filter((present) -> present.isFenced(this.member)).isPresent();
			if (fenced && isFrozen()) {
				kill();
			}
			else {
				this.member.server().thaw();
			}
		});
	}

	/**
	 * Make this standby the primary. If the other node is a primary that answers, this is
	 * a switchover: that one is stopped cleanly first, so that nothing is lost, and comes
	 * back as the standby of this one. Does nothing if this node is a primary.
	 */
	public void promote() {
		change(() -> this.cluster.promote(this.member));
	}

	/**
	 * Make this standby a primary without touching the other node. If that is a primary,
	 * too, the pair is split: both accept writes until one of them rejoins. A
	 * {@link FailoverManager} keeps its leader and lets the other one be.
	 */
	public void promoteAlone() {
		this.cluster.exclusively(() -> this.cluster.promoteAlone(this.member));
	}

	/**
	 * Make this node a standby of the other one, which has to be a primary, and wait
	 * until it streams. What only this node had is lost. After a clean switchover it goes
	 * on with its own data; otherwise it is rebuilt by a copy of the other one's.
	 */
	public void rejoin() {
		change(() -> this.cluster.follow(this.member));
	}

	private void change(Cluster.Operation change) {
		this.cluster.exclusively(change);
		this.settle.run();
	}

	/**
	 * Kill one backend ({@code SIGKILL}). PostgreSQL then disconnects all clients and
	 * recovers by itself.
	 * @param pid process id of the backend, as from {@code pg_backend_pid()}
	 * @throws IllegalArgumentException if the server has no such process
	 */
	public void killBackend(int pid) {
		this.member.server().killBackend(pid);
	}

	/**
	 * Say whether the server has a process. A frozen one has.
	 * @return whether it runs
	 */
	public boolean isRunning() {
		return this.member.server().isRunning();
	}

	/**
	 * Say whether {@link #freeze()} is in force.
	 * @return whether it is frozen
	 */
	public boolean isFrozen() {
		return this.member.server().isFrozen();
	}

	/**
	 * Ask the server, past the link, whether it is a primary.
	 * @return whether it said so within a second
	 */
	public boolean isWritable() {
		return this.member.isAwake() && this.member.lookout().look(LOOK).filter(Sight::writable).isPresent();
	}

	/**
	 * Connect to the pair's database on this node as superuser, past the link.
	 * @return a new connection, which the caller closes
	 * @throws SQLException if the server cannot be reached
	 */
	public Connection connect() throws SQLException {
		return this.member.superuser().connect(directPort(), 0);
	}

	/**
	 * End the server and the link in whatever state they are.
	 */
	void close() throws IOException {
		try {
			this.member.lookout().close();
			this.member.server().close();
		}
		finally {
			this.link.close();
		}
	}

	@Override
	public String toString() {
		return name() + " (" + jdbcUrl() + ")";
	}

}
