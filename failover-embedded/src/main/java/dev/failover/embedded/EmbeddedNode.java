package dev.failover.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * One PostgreSQL server of an {@link EmbeddedPair}, with the {@link Link} in front of it.
 * <p>
 * Safe for use by several threads. Operations that change a role run one at a time;
 * {@link #kill()}, {@link #freeze()} and the faults of the link take effect at once. A
 * method that fails throws {@link EmbeddedPostgresException}; a method that is not
 * possible in the present state throws {@link IllegalStateException}.
 */
public final class EmbeddedNode {

	private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(1);

	private final GroupMember member;

	private final PairOperations operations;

	private final String database;

	EmbeddedNode(GroupMember member, PairOperations operations, String database) {
		this.member = member;
		this.operations = operations;
		this.database = database;
	}

	/**
	 * Return the name of the node, which stays the same whatever its role becomes.
	 * @return {@code primary}, {@code mirror}, or {@code mirror1}, {@code mirror2} and so
	 * on
	 */
	public String name() {
		return this.member.name();
	}

	/**
	 * Return the URL of the pair's database on this node, through the link.
	 * @return a JDBC URL without credentials
	 */
	public String jdbcUrl() {
		return JdbcUrls.url(port(), this.database);
	}

	/**
	 * Return the URL of the pair's database on this node, past the link.
	 * @return a JDBC URL without credentials
	 */
	public String directJdbcUrl() {
		return JdbcUrls.url(directPort(), this.database);
	}

	/**
	 * Return the port of the link.
	 * @return the port, which stays the same
	 */
	public int port() {
		return link().port();
	}

	/**
	 * Return the port of the server itself.
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
		return this.member.server().link();
	}

	/**
	 * Kill all processes of the server ({@code SIGKILL}) and wait until they have ended.
	 */
	public void kill() {
		this.member.server().kill();
	}

	/**
	 * Stop the server and wait until it has stopped, except with {@link StopMode#SMART}.
	 * A frozen server is thawed, so that it can stop.
	 * @param mode the way in which it stops
	 */
	public void stop(StopMode mode) {
		this.operations.stop(this.member, mode);
	}

	/**
	 * Start the server and wait until it accepts connections. Does nothing if it is
	 * running.
	 * <p>
	 * Without a {@link FailoverManager} the server keeps its role: an old primary comes
	 * back as a primary, even if another node was promoted meanwhile. With a manager the
	 * leader comes back as the leader and any other node as a standby, as by
	 * {@link #rejoin()}, or of the standby that it followed.
	 */
	public void start() {
		this.operations.start(this.member);
	}

	/**
	 * Stop the server as with {@link StopMode#FAST} and start it again. A failover
	 * manager does not act in between.
	 */
	public void restart() {
		this.operations.restart(this.member);
	}

	/**
	 * Freeze all processes of the server ({@code SIGSTOP}). Connections stay open, and
	 * the operating system accepts new ones, but the server does not answer.
	 */
	public void freeze() {
		this.member.server().freeze();
	}

	/**
	 * Thaw a frozen server. Does nothing if it is not frozen. A server that a
	 * {@link FailoverManager} has deposed meanwhile is fenced: it is killed instead,
	 * unless fencing is off.
	 */
	public void thaw() {
		this.operations.thaw(this.member);
	}

	/**
	 * Make this standby the primary. If another node is a primary that answers, this is a
	 * switchover: that node is stopped cleanly first, so that no change is lost, and
	 * comes back as a standby of this one. Does nothing if this node is a primary.
	 * <p>
	 * Other standbys continue to follow the node that they follow, unless there is a
	 * {@link FailoverManager}, which lets the standbys of the old primary follow this
	 * one.
	 */
	public void promote() {
		this.operations.promote(this.member);
	}

	/**
	 * Make this standby a primary and leave the other nodes as they are. If one of them
	 * is a primary too, this is a split brain: both accept writes until one of them
	 * rejoins. A {@link FailoverManager} keeps its leader and does not act on this node.
	 */
	public void promoteAlone() {
		this.operations.promoteAlone(this.member);
	}

	/**
	 * Make this node a standby of the node that is the primary, the leader if there are
	 * several, and wait until it streams. Changes that only this node has are lost. After
	 * a clean switchover the node keeps its data; otherwise they are replaced by a copy
	 * of the primary's unless they are part of the primary's history.
	 */
	public void rejoin() {
		this.operations.rejoin(this.member);
	}

	/**
	 * Make this node a standby of another node, and wait until it streams. The other node
	 * may be a standby itself, so that replication cascades, or a primary that is not the
	 * leader. Changes that only this node has are lost.
	 * <p>
	 * A running standby whose data are part of the other node's history keeps its open
	 * connections. Any other node is started again, with a copy of the other node's data
	 * if it cannot follow with the data that it has.
	 * @param upstream the node to follow
	 * @throws IllegalArgumentException if it is this node or a node of another pair
	 * @throws IllegalStateException if it does not answer, or follows this node, directly
	 * or by way of others
	 */
	public void follow(EmbeddedNode upstream) {
		if (upstream == this || upstream.operations != this.operations) {
			throw new IllegalArgumentException(
					"Node '" + name() + "' can follow only another node of its pair, not " + upstream);
		}
		this.operations.follow(this.member, upstream.member);
	}

	/**
	 * Kill one backend ({@code SIGKILL}). PostgreSQL then disconnects all clients and
	 * recovers by itself.
	 * @param pid process id of the backend, as {@code pg_backend_pid()} returns it
	 * @throws IllegalArgumentException if the server has no such process
	 */
	public void killBackend(int pid) {
		this.member.server().killBackend(pid);
	}

	/**
	 * Return whether the server is running. A frozen server is.
	 * @return whether it is running
	 */
	public boolean isRunning() {
		return this.member.server().isRunning();
	}

	/**
	 * Return whether the server is frozen by {@link #freeze()}.
	 * @return whether it is frozen
	 */
	public boolean isFrozen() {
		return this.member.server().isFrozen();
	}

	/**
	 * Ask the server, past the link, whether it is a primary.
	 * @return {@code true} if it is, {@code false} if it is not or did not answer within
	 * a second
	 */
	public boolean isWritable() {
		return this.member.isUp()
				&& this.member.monitor().read(STATUS_TIMEOUT).filter(ServerStatus::writable).isPresent();
	}

	/**
	 * Connect to the pair's database on this node as the superuser, past the link.
	 * @return a new connection, which the caller closes
	 * @throws SQLException if the server does not accept the connection
	 */
	public Connection connect() throws SQLException {
		return this.member.superuser().connect(directPort(), 0);
	}

	@Override
	public String toString() {
		return name() + " (" + jdbcUrl() + ")";
	}

}
