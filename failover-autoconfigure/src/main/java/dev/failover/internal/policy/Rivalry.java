package dev.failover.internal.policy;

import java.time.Instant;
import java.util.Set;

import dev.failover.Node;

/**
 * Several servers that accept writes at once.
 *
 * @param since time at which the last of them began to
 * @param confirmed whether each was read as writable after that
 * @param grown nodes whose log has grown since
 */
public record Rivalry(Instant since, boolean confirmed, Set<Node> grown) {

	public Rivalry {
		grown = Set.copyOf(grown);
	}

}
