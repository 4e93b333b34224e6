package dev.failover;

/**
 * Is told what happens, after it happened; never decides. Its failures are logged and
 * change nothing.
 */
public interface FailoverObserver {

	/**
	 * A probe ended. Called on the prober's thread.
	 */
	default void probed(Node node, Probe probe) {
	}

	/**
	 * An error in traffic raised a suspicion. Called on the application's thread, only
	 * after an error.
	 */
	default void suspected(Node node) {
	}

	/**
	 * Something changed. Called on a thread of its own, for one change after the other:
	 * it may take its time, for only the news of later changes wait for it.
	 */
	default void changed(FailoverEvent event) {
	}

}
