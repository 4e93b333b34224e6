package dev.failover.internal.doctor;

import dev.failover.Node;
import org.jspecify.annotations.Nullable;

/**
 * Something that would hurt on the day of the outage. Never holds a credential or a URL.
 *
 * @param id what it is, such as {@code missing-grants}
 * @param severity how much it would hurt
 * @param node the node that it is about, or null when it is about all
 * @param problem what was found, and what follows from it
 * @param remedy what to change
 */
public record Finding(String id, Severity severity, @Nullable Node node, String problem, String remedy) {

	/**
	 * Whether it is the same finding, perhaps in other words.
	 */
	boolean same(Finding other) {
		return this.id.equals(other.id) && ((this.node != null) ? this.node.equals(other.node) : other.node == null);
	}

	/**
	 * How people are told which one it is.
	 */
	String label() {
		return (this.node != null) ? this.id + " on node '" + this.node + "'" : this.id;
	}

	/**
	 * How much a finding would hurt.
	 */
	public enum Severity {

		/** Good to know; nothing that is promised fails by it. */
		INFO,

		/** An outage would last longer, or cost more, than it has to. */
		WARNING

	}

}
