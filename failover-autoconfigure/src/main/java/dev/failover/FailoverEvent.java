package dev.failover;

/**
 * Change of the route, of a node or of a condition. Published as a Spring application
 * event, after the change and in order, on a worker thread: a listener may block without
 * delaying a failover.
 */
public sealed interface FailoverEvent permits RouteChangedEvent, NodeStateChangedEvent, ConditionChangedEvent {

}
