package dev.failover;

/**
 * Asks the database's own manager to promote a node, for example over Patroni's REST API.
 * A bean of this type is called during a switchover, when work in flight has ended and
 * new requests are held. Without one, the switchover waits for somebody else to promote
 * the target.
 */
@FunctionalInterface
public interface PromotionTrigger {

	/**
	 * Ask for the promotion. Called once on a worker thread; may block. A failure is
	 * logged and ends the switchover.
	 */
	void promote(Node target);

}
