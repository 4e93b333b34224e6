package dev.failover.internal.routing;

/**
 * Session defaults shared by all pools, so that one that never had a real connection
 * knows what the others have learnt.
 */
final class SharedDefaults {

	private volatile SessionDefaults current;

	SharedDefaults(SessionDefaults initial) {
		this.current = initial;
	}

	SessionDefaults current() {
		return this.current;
	}

	void learn(SessionDefaults defaults) {
		this.current = defaults;
	}

}
