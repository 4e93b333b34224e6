package dev.failover.internal.policy.exploration;

/**
 * Checks that hold in every state, or after every step; each has the text of its
 * violation.
 */
enum Check {

	UNUSABLE("writes go to a server that answers but must not be used"),

	FOREIGN("writes go to a server of another cluster"),

	DEPOSED("writes go to a server that lacks a promotion of the leader's history"),

	BEHIND("writes go to a server that lacks writes that the leader was known to have"),

	OLDER("an application starts on a server although another one, which has a follower, continues its history"),

	EPOCH("two servers take writes in one epoch"),

	PAUSE("the route changed by itself, or the pause ended, while automatic changes were paused"),

	WRITABLE_READS("no node takes writes, but requests are served on a node that was seen to take them"),

	FALSE_SPLIT_BRAIN("a split brain is reported, but only one server was seen to take writes"),

	UNPROVEN("writes left a server that takes them, and nothing has deposed it"),

	SINGLE_POOL("the route stays below what a single pool on the name of the primary would serve"),

	NEWEST("writes stay on a server although one that was promoted from it, and lacks nothing, takes them"),

	WHOLE("the route is not whole, though the world has healed"),

	HEALED_SPLIT_BRAIN("a split brain is reported, though the world has healed");

	private final String text;

	Check(String text) {
		this.text = text;
	}

	int bit() {
		return 1 << ordinal();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
