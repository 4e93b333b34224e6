package dev.failover.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that replicate from one leader, directly or in a cascade. Changes their
 * roles, one operation at a time. Safe for use by several threads; methods that change a
 * role are called within {@link #exclusively(Operation)}.
 */
final class ReplicationGroup implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ReplicationGroup.class);

	private static final long CLOSE_TIMEOUT_SECONDS = 10;

	private final List<GroupMember> members;

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicLong roleChanges = new AtomicLong();

	private final Set<GroupMember> deposed = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	private volatile GroupMember leader;

	/**
	 * Create a group.
	 * @param members the members, the leader first
	 */
	ReplicationGroup(List<GroupMember> members) {
		this.members = List.copyOf(members);
		this.leader = members.get(0);
	}

	List<GroupMember> members() {
		return this.members;
	}

	/**
	 * Return the members without one of them.
	 * @param member the member to leave out
	 * @return the others, in their order
	 */
	List<GroupMember> others(GroupMember member) {
		return this.members.stream().filter((other) -> other != member).toList();
	}

	/**
	 * Return the member that is the primary or was the last one.
	 * @return the leader
	 */
	GroupMember leader() {
		return this.leader;
	}

	/**
	 * Return whether a member was the leader, was replaced, and has not followed another
	 * leader since.
	 * @param member the member
	 * @return whether it is deposed
	 */
	boolean isDeposed(GroupMember member) {
		return this.deposed.contains(member);
	}

	/**
	 * Return the member that another one follows.
	 * @param member the member that follows
	 * @return the member that it runs or starts as a standby of, empty if it is a primary
	 */
	Optional<GroupMember> upstream(GroupMember member) {
		return this.members.stream().filter(member::follows).findFirst();
	}

	/**
	 * Return whether a member follows another one, directly or by way of others.
	 * @param member the member that may follow
	 * @param other the other one
	 * @return whether it follows
	 */
	boolean isBelow(GroupMember member, GroupMember other) {
		return upstream(member).filter((upstream) -> upstream == other || isBelow(upstream, other)).isPresent();
	}

	/**
	 * Return the number of role changes so far.
	 * @return the number
	 */
	long roleChanges() {
		return this.roleChanges.get();
	}

	/**
	 * Run an operation. Waits until no other one runs.
	 * @param operation the operation
	 * @throws IllegalStateException if the group is closed
	 * @throws EmbeddedPostgresException if the operation failed
	 */
	void exclusively(Operation operation) {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new IllegalStateException("The pair is closed");
			}
			operation.run();
		}
		catch (IOException | SQLException ex) {
			throw new EmbeddedPostgresException("An operation on the pair failed: " + ex.getMessage(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Run an operation unless another one runs.
	 * @param operation the operation
	 */
	void exclusivelyIfIdle(Operation operation) {
		if (this.lock.tryLock()) {
			try {
				exclusively(operation);
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Refuse further operations. Waits up to 10 seconds for one that runs.
	 */
	@Override
	public void close() {
		boolean idle = false;
		try {
			idle = this.lock.tryLock(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.closed = true;
		if (idle) {
			this.lock.unlock();
		}
	}

	/**
	 * Promote a standby. If another member is a primary that answers, it is stopped
	 * cleanly first and follows the new primary afterwards. Does nothing if the member is
	 * a primary.
	 * @param standby the standby
	 */
	void promote(GroupMember standby) throws IOException, SQLException {
		if (standby.isPrimary()) {
			return;
		}
		standby.requireStandby();
		Optional<GroupMember> primary = otherPrimary(standby);
		if (primary.isPresent()) {
			switchOver(primary.get(), standby);
		}
		else {
			makeLeader(standby);
		}
	}

	private void switchOver(GroupMember primary, GroupMember standby) throws IOException, SQLException {
		if (!new Replication(primary, standby).catchesUp(PollDeadline.inSeconds(5))) {
			throw new IllegalStateException("Node '" + standby.name() + "' does not stream from '" + primary.name()
					+ "', so that its promotion would lose data. To promote it nevertheless, use promoteAlone()");
		}
		primary.server().stop(StopMode.FAST);
		if (!standby.receives(primary.server().data().controlFile().orElseThrow().checkpoint())) {
			start(primary);
			throw new EmbeddedPostgresException("Node '" + standby.name() + "' did not receive the last changes of '"
					+ primary.name() + "', which was started again and remains the primary");
		}
		makeLeader(standby);
		follow(primary);
	}

	/**
	 * Promote a standby and leave the other members as they are. Does nothing if the
	 * member is a primary.
	 * @param standby the standby
	 */
	void promoteAlone(GroupMember standby) throws IOException, SQLException {
		if (standby.isPrimary()) {
			return;
		}
		standby.requireStandby();
		if (otherPrimary(standby).isPresent()) {
			makePrimary(standby);
		}
		else {
			makeLeader(standby);
		}
	}

	/**
	 * Make a member the leader, and promote it unless it is a primary already. The
	 * present leader is deposed.
	 * @param member the member
	 */
	void makeLeader(GroupMember member) throws IOException, SQLException {
		if (!member.isPrimary()) {
			member.requireStandby();
			makePrimary(member);
		}
		this.deposed.add(this.leader);
		this.deposed.remove(member);
		this.leader = member;
	}

	private void makePrimary(GroupMember standby) throws IOException, SQLException {
		this.roleChanges.incrementAndGet();
		standby.server().synchronizeWith("");
		standby.promote();
		logger.info("Node '{}' was promoted: it is a primary now", standby.name());
	}

	/**
	 * Make a member a standby of the primary among the others, which becomes the leader.
	 * @param member the member
	 * @throws IllegalStateException if no other member is a running primary
	 */
	void follow(GroupMember member) throws IOException, SQLException {
		GroupMember primary = otherPrimary(member)
			.orElseThrow(() -> new IllegalStateException("Node '" + member.name() + "' cannot rejoin: no other node ("
					+ String.join(", ", others(member).stream().map(GroupMember::name).toList())
					+ ") is a running primary. Start or promote one first"));
		this.leader = primary;
		this.deposed.removeAll(List.of(primary, member));
		replicate(primary, member);
	}

	/**
	 * Make a member a standby of another one, which may be a standby itself. If the
	 * member is the leader, the primary that it follows from now on becomes the leader.
	 * @param member the member
	 * @param upstream the member to follow
	 * @throws IllegalStateException if the other one does not answer or follows the
	 * member
	 */
	void follow(GroupMember member, GroupMember upstream) throws IOException, SQLException {
		if (isBelow(upstream, member)) {
			throw new IllegalStateException("Node '" + member.name() + "' cannot follow '" + upstream.name()
					+ "', which follows '" + member.name() + "' itself. Promote '" + upstream.name() + "' first");
		}
		if (upstream.status().isEmpty()) {
			throw new IllegalStateException("Node '" + member.name() + "' cannot follow '" + upstream.name()
					+ "', which does not answer. Start or thaw it first");
		}
		if (member == this.leader) {
			this.leader = top(upstream);
			this.deposed.remove(this.leader);
		}
		this.deposed.remove(member);
		replicate(upstream, member);
	}

	private GroupMember top(GroupMember member) {
		return upstream(member).map(this::top).orElse(member);
	}

	/**
	 * Let the running standbys of a former leader follow the leader.
	 * @param former the former leader
	 */
	void followLeaderInsteadOf(GroupMember former) throws IOException, SQLException {
		for (GroupMember member : others(this.leader)) {
			if (member.follows(former) && member.isRunningStandby()) {
				logger.info("Node '{}' follows '{}' from now on, no longer '{}'", member.name(), this.leader.name(),
						former.name());
				replicate(this.leader, member);
			}
		}
	}

	private void replicate(GroupMember upstream, GroupMember member) throws IOException, SQLException {
		Replication replication = new Replication(upstream, member);
		if (!replication.isStreaming()) {
			this.roleChanges.incrementAndGet();
			replication.establish();
		}
	}

	/**
	 * Start a member in the role that a failover manager gives it: the leader as the
	 * primary, another member as a standby of the leader, or of the leader's standby that
	 * it followed. Does nothing if it is running.
	 * @param member the member
	 */
	void startInAssignedRole(GroupMember member) throws IOException, SQLException {
		if (member.server().isRunning()) {
			return;
		}
		boolean leads = this.leader == member;
		if (!leads && (this.leader.isPrimary() || isDeposed(member))) {
			Optional<GroupMember> cascading = upstream(member).filter((upstream) -> isBelow(upstream, this.leader))
				.filter(GroupMember::isRunningStandby);
			if (cascading.isPresent()) {
				follow(member, cascading.get());
			}
			else {
				follow(member);
			}
		}
		else {
			start(member);
		}
	}

	/**
	 * Start a member in the role that it had when it ended. If its port had to change,
	 * the members that follow it are told the new one.
	 * @param member the member
	 */
	void start(GroupMember member) throws IOException {
		int port = member.server().port();
		member.server().start();
		if (port != member.server().port()) {
			for (GroupMember other : others(member)) {
				if (other.server().isRunning()) {
					other.server().reload();
				}
			}
		}
	}

	/**
	 * Return the primary among the other members, preferably the leader.
	 */
	private Optional<GroupMember> otherPrimary(GroupMember member) {
		return Stream.concat(Stream.of(this.leader), this.members.stream())
			.distinct()
			.filter((candidate) -> candidate != member)
			.filter(GroupMember::isPrimary)
			.findFirst();
	}

	/**
	 * An operation on the members.
	 */
	@FunctionalInterface
	interface Operation {

		void run() throws IOException, SQLException;

	}

}
