package dev.failover.autoconfigure;

import dev.failover.Node;
import org.jspecify.annotations.Nullable;

/**
 * Node that the configuration names.
 *
 * @param node the node
 * @param prefix prefix of the properties that configure it
 * @param detailsBean name of the bean with the connection details of a mirror, or null if
 * its properties contain them
 */
record ConfiguredNode(Node node, String prefix, @Nullable String detailsBean) {

	static final ConfiguredNode PRIMARY = new ConfiguredNode(new Node("primary"), "spring.datasource", null);

	/** Prefix of the properties of the mirror that needs no name. */
	static final String MIRROR_PREFIX = "failover.mirror";

	/** Prefix of the properties of mirrors that have names. */
	static final String MIRRORS_PREFIX = "failover.mirrors";

	/** Name of the mirror that needs no name. */
	static final String MIRROR_NAME = "mirror";

	/**
	 * Creates a mirror that properties configure.
	 */
	static ConfiguredNode mirror(String name, String prefix) {
		return new ConfiguredNode(new Node(name), prefix, null);
	}

	/**
	 * Creates a mirror whose connection details are a bean.
	 */
	static ConfiguredNode mirrorOfBean(String name, String bean) {
		String prefix = name.equals(MIRROR_NAME) ? MIRROR_PREFIX : MIRRORS_PREFIX + "." + name;
		return new ConfiguredNode(new Node(name), prefix, bean);
	}

	/**
	 * Returns the full name of a property, quoted.
	 */
	String property(String name) {
		return "'" + this.prefix + "." + name + "'";
	}

	/**
	 * Returns where the node is configured, for messages.
	 */
	String origin() {
		return (this.detailsBean != null) ? "the bean '" + this.detailsBean + "'" : property("url");
	}

}
