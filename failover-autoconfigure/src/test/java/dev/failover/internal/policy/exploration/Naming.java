package dev.failover.internal.policy.exploration;

/**
 * Kinds of names that a configuration can hold.
 */
enum Naming {

	/** Each name is the address of one server. */
	FIXED,

	/** The first name follows the writer, the others lead to followers. */
	SERVICES,

	/** The first name follows the writer, the others are addresses of one server each. */
	VIRTUAL_ADDRESS;

	boolean moves(int node) {
		return switch (this) {
			case FIXED -> false;
			case SERVICES -> true;
			case VIRTUAL_ADDRESS -> node == 0;
		};
	}

	/**
	 * Returns whether a name may lead to a server now, as far as its kind promises.
	 */
	boolean mayLeadTo(World world, int node, int server) {
		if (!moves(node)) {
			return server == node;
		}
		boolean leader = server == world.leader;
		return (node == 0) ? leader && world.isWritable(server) : !leader && !world.isWritable(server);
	}

	/**
	 * Returns the server to which a name leads when the world has healed.
	 */
	int healed(World world, int node) {
		if (!moves(node)) {
			return node;
		}
		return (node == 0) ? world.leader : (world.leader == 0) ? 1 : 0;
	}

}
