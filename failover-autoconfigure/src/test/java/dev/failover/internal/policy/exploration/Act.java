package dev.failover.internal.policy.exploration;

import java.util.EnumSet;
import java.util.Set;

/**
 * Kinds of steps of the world. Faults and acts of operators are limited in number; the
 * others may happen at any time.
 */
enum Act {

	/** A probe is answered and learned at once. */
	PROBE,

	/** A probe is answered; its answer is learned later. */
	ASK,

	/** The late answer of a probe is learned. */
	DELIVER,

	/** Two seconds pass without a probe. */
	WAIT,

	/** The kept session of a probe is renewed. */
	RENEW,

	/** A follower applies what it lacks. */
	REPLICATE,

	/** A server that was killed starts again, in its old role. */
	RESTART,

	/** A server that was cut off can be reached again. */
	RECONNECT,

	/** A server that answers without being usable is usable again. */
	RECOVER,

	/** A name moves to where its kind says. */
	MOVE,

	/** The manager makes a server read-only that is not the leader. */
	DEMOTE,

	/** The manager makes a server follow the leader, with the leader's history. */
	REJOIN,

	/** Somebody writes to a server. */
	WRITE,

	/** A server is killed. */
	KILL,

	/** A server lives on, but we cannot reach it. */
	CUT,

	/** A server answers, but must not be used. */
	SPOIL,

	/** The manager makes the leader read-only, as at the beginning of a switchover. */
	STEP_DOWN,

	/** The manager promotes a follower: it is the leader from now on. */
	PROMOTE,

	/** A person promotes a follower for a test. */
	TEST_PROMOTE,

	/** A server is set back by one event. */
	RESTORE,

	/** A server is replaced by one of another cluster. */
	REPLACE,

	/** All servers are replaced by another cluster. */
	REPLACE_ALL,

	/** A name that can move leads nowhere. */
	VANISH,

	/** A name that leads to followers leads to the leader. */
	COINCIDE,

	PAUSE,

	RESUME,

	SWITCHOVER,

	FORCE;

	private static final Set<Act> FREE = EnumSet.range(PROBE, WRITE);

	boolean isFault() {
		return !FREE.contains(this) && !isOperation();
	}

	boolean isOperation() {
		return compareTo(PAUSE) >= 0;
	}

}
