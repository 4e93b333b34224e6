package dev.failover;

/**
 * Something that changed; published as a Spring application event after the change, on
 * the monitor's thread.
 */
public sealed interface FailoverEvent permits RouteChangedEvent, NodeStateChangedEvent, ConditionChangedEvent {

}
