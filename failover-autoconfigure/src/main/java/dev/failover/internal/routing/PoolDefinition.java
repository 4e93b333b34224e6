package dev.failover.internal.routing;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import dev.failover.dialect.Dialect;

/**
 * Definition of the pool on a node.
 *
 * @param node the node
 * @param config configuration of the pool, which is not yet started
 * @param dialect dialect of the node's server
 * @param preferred whether work is expected to go to the node until the first decision
 */
public record PoolDefinition(Node node, HikariConfig config, Dialect dialect, boolean preferred) {

}
