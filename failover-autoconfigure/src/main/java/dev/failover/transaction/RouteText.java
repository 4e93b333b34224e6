package dev.failover.transaction;

import dev.failover.topology.Node;
import dev.failover.topology.Route;

/**
 * How messages name the route.
 */
final class RouteText {

	private RouteText() {
	}

	static String of(Route route) {
		Node writes = route.writes();
		return "mode " + route.mode() + " since epoch " + route.epoch() + ", writes go to "
				+ ((writes != null) ? "'" + writes + "'" : "no node");
	}

}
