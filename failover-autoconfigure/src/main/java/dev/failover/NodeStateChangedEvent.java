package dev.failover;

/**
 * The state or the role of a node changed.
 *
 * @param previous what was known of it before
 * @param current what is known of it now
 */
public record NodeStateChangedEvent(NodeStatus previous, NodeStatus current) implements FailoverEvent {
}
