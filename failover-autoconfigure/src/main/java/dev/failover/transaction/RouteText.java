package dev.failover.transaction;

import dev.failover.Node;
import dev.failover.Route;

/**
 * Describes a route in the messages of this package.
 */
final class RouteText {

	private RouteText() {
	}

	/**
	 * Returns a text such as {@code mode NORMAL since epoch 1, writes go to 'primary'}.
	 */
	static String of(Route route) {
		Node writes = route.writes();
		return "mode " + route.mode() + " since epoch " + route.epoch() + ", writes go to "
				+ ((writes != null) ? "'" + writes + "'" : "no node");
	}

}
