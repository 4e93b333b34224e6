package dev.failover.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to the two servers of a pair together: who leads, who follows. One
 * operation at a time, whoever asks for it.
 */
final class Cluster implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Cluster.class);

	private final List<Member> members;

	private final ReentrantLock operation = new ReentrantLock();

	private final AtomicLong changes = new AtomicLong();

	private volatile boolean closed;

	private volatile Member leader;

	private volatile @Nullable Member deposed;

	/**
	 * Create a cluster.
	 * @param members both, the first of which leads
	 */
	Cluster(List<Member> members) {
		this.members = List.copyOf(members);
		this.leader = members.get(0);
	}

	List<Member> members() {
		return this.members;
	}

	/**
	 * Return the node that is, or was last, the primary.
	 */
	Member leader() {
		return this.leader;
	}

	/**
	 * Say whether a node was the leader before the present one, and has not followed it
	 * since.
	 */
	boolean isDeposed(Member member) {
		return this.deposed == member;
	}

	/**
	 * Return how often it was changed who leads or follows.
	 */
	long changes() {
		return this.changes.get();
	}

	Member other(Member member) {
		return this.members.get((this.members.get(0) == member) ? 1 : 0);
	}

	/**
	 * Run an operation when no other one runs.
	 */
	void exclusively(Operation action) {
		this.operation.lock();
		try {
			if (this.closed) {
				throw new IllegalStateException("The pair is closed");
			}
			action.run();
		}
		catch (IOException | SQLException ex) {
			throw new EmbeddedPostgresException("An operation on the pair failed: " + ex.getMessage(), ex);
		}
		finally {
			this.operation.unlock();
		}
	}

	/**
	 * Run an operation if no other one runs.
	 */
	void ifIdle(Operation action) {
		if (this.operation.tryLock()) {
			try {
				exclusively(action);
			}
			finally {
				this.operation.unlock();
			}
		}
	}

	/**
	 * Let the operation that runs end, for a while, and no other one begin.
	 */
	@Override
	public void close() {
		boolean idle = false;
		try {
			idle = this.operation.tryLock(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.closed = true;
		if (idle) {
			this.operation.unlock();
		}
	}

	/**
	 * Make a standby the primary. A primary that lives is stopped cleanly first, and
	 * follows the new one afterwards.
	 */
	void promote(Member standby) throws IOException, SQLException {
		Member old = other(standby);
		if (standby.isPrimary()) {
			return;
		}
		standby.requireStandby();
		if (old.isPrimary()) {
			switchOver(old, standby);
		}
		else {
			lead(standby);
		}
	}

	private void switchOver(Member old, Member standby) throws IOException, SQLException {
		if (!new Standby(standby, old).catchesUp(Patience.seconds(5))) {
			throw new IllegalStateException("Node '" + standby.name() + "' does not stream from '" + old.name()
					+ "': promoting it would lose data. Use promoteAlone() if that is what you want");
		}
		old.server().stop(StopMode.FAST);
		if (!standby.receives(old.server().data().control().orElseThrow().checkpoint())) {
			start(old);
			throw new EmbeddedPostgresException("Node '" + standby.name() + "' did not receive the last data of '"
					+ old.name() + "', which leads on");
		}
		lead(standby);
		follow(old);
	}

	/**
	 * Make a standby a primary, whatever the other one does.
	 */
	void promoteAlone(Member standby) throws IOException, SQLException {
		if (standby.isPrimary()) {
			return;
		}
		standby.requireStandby();
		if (other(standby).isPrimary()) {
			open(standby);
		}
		else {
			lead(standby);
		}
	}

	/**
	 * Make a node the leader. The other one does not lead any more.
	 */
	void lead(Member member) throws IOException, SQLException {
		if (!member.isPrimary()) {
			member.requireStandby();
			open(member);
		}
		this.deposed = other(member);
		this.leader = member;
	}

	private void open(Member standby) throws IOException, SQLException {
		this.changes.incrementAndGet();
		standby.server().synchronizeWith("");
		standby.promote();
		logger.info("Node '{}' is a primary now", standby.name());
	}

	/**
	 * Make a node follow the other one, which has to be a primary. Its data are copied
	 * again unless it is sure that they are part of the primary's history.
	 */
	void follow(Member member) throws IOException, SQLException {
		Member primary = other(member);
		if (!primary.isPrimary()) {
			throw new IllegalStateException("Node '" + member.name() + "' cannot follow '" + primary.name()
					+ "', which is not a running primary: start or promote that one first");
		}
		this.leader = primary;
		this.deposed = null;
		Standby standby = new Standby(member, primary);
		if (!standby.isStreaming()) {
			this.changes.incrementAndGet();
			standby.bringBack();
		}
	}

	/**
	 * Start a node as a failover manager would: the leader leads on, another one follows.
	 */
	void resume(Member member) throws IOException, SQLException {
		if (member.server().isRunning()) {
			return;
		}
		boolean leads = this.leader == member;
		if (!leads && (this.leader.isPrimary() || isDeposed(member))) {
			follow(member);
		}
		else {
			start(member);
		}
	}

	/**
	 * Start a node as what it was.
	 */
	void start(Member member) throws IOException {
		member.start(other(member));
	}

	/**
	 * A change of the cluster.
	 */
	@FunctionalInterface
	interface Operation {

		void run() throws IOException, SQLException;

	}

}
