package dev.failover;

/**
 * Event published when the state or the role of a node has changed.
 *
 * @param previous status before
 * @param current status now
 */
public record NodeStateChangedEvent(NodeStatus previous, NodeStatus current) implements FailoverEvent {
}
