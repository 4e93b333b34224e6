package dev.failover.transaction;

import java.io.Serializable;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;

/**
 * In which circumstances a node failed.
 *
 * @param node name of the node
 * @param mode what the application could do
 */
public record Circumstances(String node, Mode mode) implements Serializable {

	static Circumstances of(Node node, Route route) {
		return new Circumstances(node.name(), route.mode());
	}

	/**
	 * How messages name the route.
	 */
	static String text(Route route) {
		Node writes = route.writes();
		return "mode " + route.mode() + " since epoch " + route.epoch() + ", writes go to "
				+ ((writes != null) ? "'" + writes + "'" : "no node");
	}

}
