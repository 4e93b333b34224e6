package dev.failover;

/**
 * The route changed.
 *
 * @param previous the route before
 * @param current the route now
 * @param transition the change, with its cause and evidence
 */
public record RouteChangedEvent(Route previous, Route current, RouteChange transition) implements FailoverEvent {
}
