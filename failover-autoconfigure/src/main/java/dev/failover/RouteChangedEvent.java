package dev.failover;

/**
 * Event published when the route has changed.
 *
 * @param previous the route before
 * @param current the route now
 * @param change the change, with its cause and evidence
 */
public record RouteChangedEvent(Route previous, Route current, RouteChange change) implements FailoverEvent {
}
