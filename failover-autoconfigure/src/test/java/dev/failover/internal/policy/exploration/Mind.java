package dev.failover.internal.policy.exploration;

/**
 * The product, and what probes have shown it.
 *
 * @param brain the product
 * @param knowledge what it should know
 */
record Mind(Brain brain, Knowledge knowledge) {

	/**
	 * Returns the server that takes writes, as far as probes have shown, or
	 * {@link World#NONE}.
	 */
	int writer() {
		int node = this.brain.writes();
		return (node != Brain.NOBODY) ? this.knowledge.server(node) : World.NONE;
	}

}
