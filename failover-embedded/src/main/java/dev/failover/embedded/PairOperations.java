package dev.failover.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The operations on the servers of a pair that users request. Each runs exclusively;
 * those that change a role return when commits wait for the standby again, if they are
 * to.
 *
 * @param group the servers
 * @param synchronousMode the synchronous mode, if it is on
 * @param failover the automatic failover, if it is on
 */
record PairOperations(ReplicationGroup group, @Nullable SynchronousMode synchronousMode,
		@Nullable AutomaticFailover failover) {

	void stop(GroupMember member, StopMode mode) {
		this.group.exclusively(() -> {
			member.server().stop(mode);
			// a smart stop would wait for this connection
			member.monitor().releaseConnection();
		});
	}

	void start(GroupMember member) {
		change(() -> {
			if (this.failover != null) {
				this.group.startInAssignedRole(member);
			}
			else {
				this.group.start(member);
			}
		});
	}

	void restart(GroupMember member) {
		change(() -> {
			member.server().stop(StopMode.FAST);
			this.group.start(member);
		});
	}

	void thaw(GroupMember member) {
		change(() -> {
			boolean fenced = this.failover != null && this.failover.isFenced(member);
			if (fenced && member.server().isFrozen()) {
				member.server().kill();
			}
			else {
				member.server().thaw();
			}
		});
	}

	void promote(GroupMember member) {
		change(() -> {
			GroupMember former = this.group.leader();
			this.group.promote(member);
			if (this.failover != null && former != this.group.leader()) {
				this.group.followLeaderInsteadOf(former);
			}
		});
	}

	void promoteAlone(GroupMember member) {
		this.group.exclusively(() -> this.group.promoteAlone(member));
	}

	void rejoin(GroupMember member) {
		change(() -> this.group.follow(member));
	}

	void follow(GroupMember member, GroupMember upstream) {
		change(() -> this.group.follow(member, upstream));
	}

	private void change(ReplicationGroup.Operation operation) {
		this.group.exclusively(operation);
		awaitSynchronousMode();
	}

	/**
	 * Wait until a standby has everything that the leader has acknowledged. Returns at
	 * once if the pair does not replicate synchronously or no standby that is up follows
	 * a leader that is up.
	 */
	void awaitSynchronousMode() {
		SynchronousMode mode = this.synchronousMode;
		if (mode != null) {
			PollDeadline.inSeconds(10)
				.await(() -> !canReplicate(this.group.leader())
						|| mode.completeStandby(this.group.leader()).isPresent());
		}
	}

	private boolean canReplicate(GroupMember leader) {
		return leader.isUp()
				&& this.group.members().stream().anyMatch((member) -> member.isUp() && member.follows(leader));
	}

}
