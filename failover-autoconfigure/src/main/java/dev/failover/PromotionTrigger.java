package dev.failover;

/**
 * Asks the cluster manager to promote a node, for example over its REST API. A bean of
 * this type is called during a switchover, when work in flight has ended and new requests
 * are held. Without one, the switchover waits until the target is promoted by other
 * means.
 */
@FunctionalInterface
public interface PromotionTrigger {

	/**
	 * Asks for the promotion. Called once per switchover on a worker thread; may block.
	 * An exception ends the switchover, with its message as the reason.
	 */
	void promote(Node target);

}
