package dev.failover.internal.doctor;

import java.util.Objects;

import dev.failover.Node;
import org.jspecify.annotations.Nullable;

/**
 * Problem that would make an outage worse. Never contains a credential or a URL.
 *
 * @param id identifier of the kind of problem, such as {@code missing-grants}
 * @param severity severity
 * @param node node that it concerns, or null if it concerns all nodes
 * @param problem the problem and its consequence
 * @param remedy the change that solves it
 */
public record Finding(String id, Severity severity, @Nullable Node node, String problem, String remedy) {

	/**
	 * Returns whether both are the same finding, perhaps with another text.
	 */
	boolean isSame(Finding other) {
		return this.id.equals(other.id) && Objects.equals(this.node, other.node);
	}

	/**
	 * Returns a label for the log, such as {@code pool-smaller on node 'mirror'}.
	 */
	String label() {
		return (this.node != null) ? this.id + " on node '" + this.node + "'" : this.id;
	}

	/**
	 * Severity of a finding.
	 */
	public enum Severity {

		/** Failover works as documented. */
		INFO,

		/** An outage would last longer, or lose more, than necessary. */
		WARNING

	}

}
